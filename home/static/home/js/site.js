// Improves what works without it.
import { closeMenuOnEscape } from "./menu.js";
import { followContents } from "./contents.js";

closeMenuOnEscape(document.querySelector(".top__small"));
followContents(document.querySelector(".contents"));
