// RedisSnapshot: DUMP and RESTORE.
#include "core/store/redissnapshot.h"

#include "core/store/batchwriter.h"

namespace kvscope {

void RedisSnapshot::take(std::vector<Bytes> keys, Callback<std::vector<BeforeImage>> done)
{
    if (keys.empty()) return done(std::vector<BeforeImage>());
    Batch batch;
    for (const Bytes &key : keys) {
        batch.add({"DUMP", key});
        batch.add({"PTTL", key});
    }
    m_links->bulk().send(std::move(batch),
                         [links = m_links, keys = std::move(keys),
                          done = std::move(done)](const Result<Replies> &replies) {
                             if (!replies) return done(failure(replies.error()));
                             std::vector<BeforeImage> images(keys.size());
                             for (std::size_t i = 0; i < keys.size(); ++i) {
                                 const ReplyView dump = (*replies)[2 * i];
                                 const ReplyView ttl = (*replies)[2 * i + 1];
                                 if (dump.isError())
                                     return done(failure(links->errorOf(dump, "DUMP", keys[i])));
                                 if (ttl.isError())
                                     return done(failure(links->errorOf(ttl, "PTTL", keys[i])));
                                 images[i].key = keys[i];
                                 images[i].exists = !dump.isNil() && ttl.integer() != -2;
                                 if (!images[i].exists) continue;
                                 images[i].payload = Bytes(dump.bytes());
                                 if (ttl.integer() >= 0) images[i].ttlMs = ttl.integer();
                             }
                             done(std::move(images));
                         });
}

void RedisSnapshot::restore(BeforeImage image, IfPresent ifPresent, Callback<bool> done)
{
    if (const auto obstacle = m_links->writeObstacle()) return done(failure(*obstacle));
    if (image.ttlMs && !ExpiryChange::allows(*image.ttlMs))
        return done(failure(ErrorCode::TtlRefused,
                            {QString::number(*image.ttlMs) + QStringLiteral(" ms")}));
    Batch batch;
    if (!image.exists) {
        batch.add({"DEL", image.key});
    } else {
        const Bytes ttl = std::to_string(image.ttlMs.value_or(0)); // 0: no expiry
        if (ifPresent == IfPresent::Replace)
            batch.add({"RESTORE", image.key, ttl, image.payload, "REPLACE"});
        else
            batch.add({"RESTORE", image.key, ttl, image.payload});
    }
    const Bytes name = batch.name(0);
    m_links->interactive().send(std::move(batch),
                                [links = m_links, name, key = std::move(image.key),
                                 done = std::move(done)](const Result<Replies> &replies) {
                                    if (!replies) return done(failure(replies.error()));
                                    const ReplyView reply = (*replies)[0];
                                    if (reply.isError() && reply.bytes().starts_with("BUSYKEY"))
                                        return done(failure(ErrorCode::KeyExists, {keyText(key)}));
                                    if (reply.isError())
                                        return done(failure(links->errorOf(reply, name, key)));
                                    done(true);
                                    links->announce({key});
                                });
}

} // namespace kvscope
