from home.packs.registry import register_page, register_register
from kb.pack_handlers import glossary, pages


def register_handlers() -> None:
    register_register("glossary.yaml", glossary.GLOSSARY)
    for name, handler in pages.HANDLERS.items():
        register_page(name, handler)
