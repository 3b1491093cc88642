"""A warehouse: goods are counted, labelled, picked and sent back; long work is done by arq workers."""
