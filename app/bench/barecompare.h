// BareCompare: MGET and memcmp over rows of any database, ready-made values, flat buffers.
#pragma once

#include "core/base/bytes.h"

#include <hiredis/hiredis.h>

#include <array>
#include <cstring>
#include <memory>
#include <vector>

namespace kvscope::bench {

constexpr std::size_t kBatch = 1'000;
constexpr std::size_t kInFlight = 4;

// redisGetReply alone would flush only once its read buffer ran dry.
inline bool flush(redisContext *redis)
{
    for (int done = 0; !done;)
        if (redisBufferWrite(redis, &done) != REDIS_OK) return false;
    return true;
}

using Reply = std::unique_ptr<redisReply, decltype(&freeReplyObject)>;

inline Reply take(redisContext *redis)
{
    void *reply = nullptr;
    redisGetReply(redis, &reply);
    return {static_cast<redisReply *>(reply), &freeReplyObject};
}

/// `rows`: next() goes to the next one, text(0) is its key and text(1) its value until then.
template<class Rows>
bool compareEach(redisContext *redis, Rows &rows)
{
    struct Batch
    {
        Bytes keys, values;
        std::vector<std::size_t> keyEnds, valueEnds;
    };
    std::array<Batch, kInFlight> batches;
    std::vector<const char *> pointers;
    std::vector<std::size_t> lengths;
    std::size_t sent = 0, taken = 0;
    bool more = true;
    while (more || taken < sent) {
        if (more && sent - taken < kInFlight) {
            Batch &batch = batches[sent % kInFlight];
            batch.keys.clear();
            batch.values.clear();
            batch.keyEnds.clear();
            batch.valueEnds.clear();
            while (batch.keyEnds.size() < kBatch && (more = rows.next())) {
                batch.keys += rows.text(0);
                batch.keyEnds.push_back(batch.keys.size());
                batch.values += rows.text(1);
                batch.valueEnds.push_back(batch.values.size());
            }
            if (batch.keyEnds.empty()) continue;
            pointers.assign(1, "MGET");
            lengths.assign(1, 4);
            std::size_t begin = 0;
            for (const std::size_t end : batch.keyEnds) {
                pointers.push_back(batch.keys.data() + begin);
                lengths.push_back(end - begin);
                begin = end;
            }
            redisAppendCommandArgv(redis, int(pointers.size()), pointers.data(), lengths.data());
            if (!flush(redis)) return false;
            ++sent;
            continue;
        }
        const Batch &batch = batches[taken++ % kInFlight];
        const Reply reply = take(redis);
        if (!reply || reply->elements != batch.valueEnds.size()) return false;
        std::size_t begin = 0;
        for (std::size_t i = 0; i < reply->elements; ++i) {
            const std::size_t size = batch.valueEnds[i] - begin;
            const redisReply &value = *reply->element[i];
            if (value.len != size || std::memcmp(value.str, batch.values.data() + begin, size) != 0)
                return false;
            begin += size;
        }
    }
    return true;
}

} // namespace kvscope::bench
