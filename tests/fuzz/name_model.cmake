newsd_fuzz(name_model DEPS newsd_classify)
