"""Version 1 of the API."""

from fastapi import APIRouter

from app.api.v1.admin import background_tasks, marketplace, tests
from app.api.v1.shop import orders
from app.api.v1.vendor import marketplace as vendor_marketplace
from app.api.v1.vendor import tests as vendor_tests
from app.api.v1.vendor import themes as vendor_themes

api_router = APIRouter(prefix="/api/v1")
for part in (background_tasks, marketplace, tests, orders, vendor_marketplace, vendor_tests, vendor_themes):
    api_router.include_router(part.router)
