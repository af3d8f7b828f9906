"""What an operation takes: bone, discs, joints, roots, arteries, ribs, stability."""
