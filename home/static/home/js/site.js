// Improves what works without it.
import { closeMenuOnEscape } from "./menu.js";
import { followContents } from "./contents.js";
import { saveWithoutLoss } from "./saving.js";

closeMenuOnEscape(document.querySelector(".top__small"));
followContents(document.querySelector(".contents"));
saveWithoutLoss(document.querySelector("[data-saves]"));
