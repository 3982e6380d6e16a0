/** Opens the table of contents where there is room, and marks the section that is being read. */
export function followContents(contents) {
  if (!contents) return;
  const beside = matchMedia("(min-width: 64rem)");
  const openBeside = () => { contents.open = beside.matches; };
  beside.addEventListener("change", openBeside);
  openBeside();
  const links = new Map(
    [...contents.querySelectorAll("a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]),
  );
  const observer = new IntersectionObserver(
    (entries) => {
      const reading = entries.find((entry) => entry.isIntersecting);
      if (!reading) return;
      links.forEach((link) => link.removeAttribute("aria-current"));
      links.get(reading.target.id).setAttribute("aria-current", "true");
    },
    { rootMargin: "0px 0px -70% 0px" },
  );
  links.forEach((_link, id) => {
    const heading = document.getElementById(id);
    if (heading) observer.observe(heading);
  });
}
