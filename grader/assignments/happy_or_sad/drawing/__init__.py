"""How the faces are drawn: poses, features, and the canvas that they are painted on."""
