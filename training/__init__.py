"""How the bundled sentence encoder is made from openly licensed text, one command a stage."""
