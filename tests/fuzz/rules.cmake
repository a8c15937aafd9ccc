newsd_fuzz(rules DEPS newsd_classify PkgConfig::RE2)
