/* Installs everything, where that is not done yet. */
import { install } from "./launch.mjs";

install("all");
