"""From pages to what courses.domain.spec describes. Reads pages, writes nothing."""
