// The cases, in the order of the contract.
#include "app/bench/cases.h"

namespace kvscope::bench {

const std::vector<Case> &cases()
{
    static const std::vector<Case> all{
        {"start", "process start to the first painted frame, against a bare QMainWindow", benchStart},
        {"scan", "1 M keys from Redis to memory, against a blocking hiredis loop", benchScan},
        {"get", "pipelined GET of 1 M random keys, against bare hiredis", benchGet},
    };
    return all;
}

} // namespace kvscope::bench
