/** Closes the small menu with Escape and gives the focus back to its button. */
export function closeMenuOnEscape(menu) {
  menu?.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
