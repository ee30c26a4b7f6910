#!/usr/bin/env node
// Committed, so that the command exists from the first installation on, before anything is compiled.
import '../lib/main.js'
