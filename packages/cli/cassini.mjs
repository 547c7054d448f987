#!/usr/bin/env node
import "../../scripts/cassini.mjs";
