from home.pack_handlers import agencies, focus, pages, settings
from home.packs.registry import (
    register_finder,
    register_page,
    register_register,
)


def register_handlers() -> None:
    register_register("agencies.yaml", agencies.COUNTIES, agencies.AGENCIES, agencies.SUCCESSIONS)
    register_register("focus-areas.yaml", focus.FOCUS_AREAS)
    register_register("settings.yaml", settings.SETTINGS)
    register_finder("agency", agencies.find_agency)
    register_finder("county", agencies.find_county)
    register_finder("focus_area", focus.find_focus_area)
    for name, handler in pages.HANDLERS.items():
        register_page(name, handler)
