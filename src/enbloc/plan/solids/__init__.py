"""What a planned operation takes and leaves, as label maps, closed meshes and finite sheets."""
