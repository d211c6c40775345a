"""The facilitator's answer key: what is hidden in a scenario, and how good bots play it.

`blocks` is what a key is made of, as text and as a page; `customer`, `calendar` and `walkthrough` fill it, `drawn`
tells what each session draws for itself, `contents` puts it together. It holds the truth, so no player's face
leads to it.
"""
