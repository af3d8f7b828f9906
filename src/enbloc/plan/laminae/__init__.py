"""Operations through the laminae: laminectomy alone, and the exposure of a tumour within the dura."""
