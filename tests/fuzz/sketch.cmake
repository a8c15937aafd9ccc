newsd_fuzz(sketch DEPS newsd_dedupe)
