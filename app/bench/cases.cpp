// The cases, in the order of the contract.
#include "app/bench/cases.h"

namespace kvscope::bench {

const std::vector<Case> &cases()
{
    static const std::vector<Case> all{
        {"start", "process start to the first painted frame, against a bare QMainWindow",
         benchStart},
        {"scan", "1 M keys from Redis to memory, against a blocking hiredis loop", benchScan},
        {"browse", "1 M keys from Redis to the finished tree in the window, against that loop",
         benchBrowse, true},
        {"filter", "a keystroke in the filter over 1 M keys", benchFilter},
        {"get", "pipelined GET of 1 M random keys, against bare hiredis", benchGet},
        {"json", "opening 10 MB of JSON, and 1 MB on one line, against a bare QScintilla",
         benchJson, true},
        {"warm",
         "1 M rows from SQLite to Redis, against a C loop and redis-cli; --guarded; --source "
         "postgresql",
         benchWarm},
        {"check",
         "1 M rows against Redis, against a C loop; --same-bytes; --source postgresql; --orphans; "
         "--huge",
         benchCheck},
        {"probe", "p99 of a client beside a warm-up and a check at automatic rate, against none",
         benchProbe},
        {"predictor",
         "hits of a cache warmed by the learned predictor, against last-window frequency",
         benchPredictor},
        {"lab",
         "a language model's tokens a second, against memory, llama.cpp and no cache; --prefix; "
         "--memory; --policies",
         benchLab},
    };
    return all;
}

} // namespace kvscope::bench
