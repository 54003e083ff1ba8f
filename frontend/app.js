// Everything a page may use, in one cached file. Pages work without it; it makes them quicker.
import Alpine from "@alpinejs/csp";
import "bootstrap/js/dist/collapse";
import "bootstrap/js/dist/dropdown";
import htmx from "htmx.org";
import { copyCode, filePicker, themeToggle } from "./components.js";

window.htmx = htmx;
Alpine.data("copyCode", copyCode);
Alpine.data("filePicker", filePicker);
Alpine.data("themeToggle", themeToggle);
Alpine.start();
