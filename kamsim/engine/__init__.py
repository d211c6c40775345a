"""The rules, as pure functions over many worlds at once. numpy only; no clock, no file, no randomness but `luck`."""
