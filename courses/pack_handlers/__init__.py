from courses.pack_handlers import blocks, pages
from home.packs.markdown import register_block
from home.packs.registry import register_page


def register_handlers() -> None:
    for name, handler in pages.HANDLERS.items():
        register_page(name, handler)
    for kind, maker in blocks.MAKERS.items():
        register_block(kind, maker)
