"""Calls that stop a thread, or the whole event loop, until something else is done."""

import subprocess
import time as t
from time import sleep

from fastapi import APIRouter, Depends

waiting_router = APIRouter(prefix="/waiting")


def wait_until_ready():
    sleep(1)  # expect: BG021
    return True


@waiting_router.get("/ready")
def read_ready(ready: bool = Depends(wait_until_ready)):
    return {"ready": ready}


@waiting_router.get("/later")
async def answer_later():
    t.sleep(3)  # expect: BG021
    return {"ok": True}


@waiting_router.post("/thumbnails")
async def make_thumbnails(path: str):
    subprocess.run(["convert", path, "small.png"])  # expect: BG021
    process = subprocess.Popen(["optipng", "small.png"])
    process.wait()  # expect: BG021
    return {"ok": True}
