// Cases: one function for each bench case; each lives in a file bench_<case>.cpp of its own.
#pragma once

#include "app/bench/benchcase.h"

namespace kvscope::bench {

Result<Outcome> benchStart(const Context &context);
Result<Outcome> benchScan(const Context &context);
Result<Outcome> benchBrowse(const Context &context);
Result<Outcome> benchFilter(const Context &context);
Result<Outcome> benchGet(const Context &context);
Result<Outcome> benchJson(const Context &context);
Result<Outcome> benchWarm(const Context &context);
Result<Outcome> benchCheck(const Context &context);
Result<Outcome> benchProbe(const Context &context);
Result<Outcome> benchPredictor(const Context &context);
Result<Outcome> benchLab(const Context &context);

} // namespace kvscope::bench
