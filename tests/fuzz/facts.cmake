newsd_fuzz(facts DEPS newsd_classify)
