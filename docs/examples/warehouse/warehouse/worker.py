"""The arq worker: arq warehouse.worker.WorkerSettings."""

from arq import create_pool
from arq.connections import ArqRedis, RedisSettings

from warehouse.labels.jobs import print_labels
from warehouse.stock.jobs import count_stock, sync_stock


async def get_queue() -> ArqRedis:
    return await create_pool(RedisSettings())


class WorkerSettings:
    functions = [count_stock, sync_stock, print_labels]  # expect: BG022
