// Decoder: hiredis' reader with our own object functions; a stream of bytes becomes flat Replies.
#pragma once

#include "core/redis/reply.h"

#include <memory>

struct redisReader;

namespace kvscope {

/// One stream's state. Not thread-safe. Replies to one batch are gathered, then taken:
///
///     decoder.expect(batch.size(), limit);
///     decoder.feed(bytes);                      // at most kFeedBytes: more is quadratic in the
///     reader while (decoder.next() == Step::Reply) …   // once a reply Replies replies =
///     decoder.take();
class Decoder
{
  public:
    static constexpr std::size_t kFeedBytes = 16U << 10U;
    static constexpr std::uint32_t kMaxElements = 1U << 24U; ///< that an array may announce
    static constexpr std::size_t kMaxKeptBytes = 1U << 20U;  ///< buffer kept for the next reply

    enum class Step : std::uint8_t {
        Reply,    ///< one more reply is complete
        NeedMore, ///< feed
        Broken,   ///< the stream can't be read any further: see error()
    };

    Decoder();
    ~Decoder();
    Decoder(const Decoder &) = delete;
    Decoder &operator=(const Decoder &) = delete;

    /// The next replies belong together: how many there will be (a hint) and how many bytes they
    /// may hold before overflowed() says so and the rest is thrown away.
    void expect(std::size_t replies, std::size_t maxBytes);
    /// Replies are parsed and thrown away until the next expect().
    void discard();

    void feed(BytesView bytes);
    Step next();

    /// Those complete since the last take. Ends overflowed(), too.
    Replies take();
    std::size_t complete() const { return m_replies.m_roots.size(); }
    const Replies &gathered() const { return m_replies; }
    bool overflowed() const { return m_overflowed; }
    /// Whether nothing of the next reply has been seen since the last take.
    bool untouched() const { return m_replies.m_nodes.empty() && !m_overflowed; }
    /// The first field of the first reply, an array, as soon as it is there; else a nil view.
    ReplyView firstField() const;

    /// ProtocolError or ReplyTooLarge, once Broken.
    Error error() const;

  private:
    friend struct ObjectFunctions;
    struct ReaderCloser
    {
        void operator()(redisReader *reader) const;
    };

    std::uint32_t append(ReplyNode node, std::uint32_t parent);
    bool wants(std::size_t bytes);

    std::unique_ptr<redisReader, ReaderCloser> m_reader;
    Replies m_replies;
    std::vector<std::uint32_t> m_openArrays; // nodes whose subtree is not complete, outermost first
    std::size_t m_maxBytes = SIZE_MAX;
    std::size_t m_lastBytes = 0; // of what was taken last: a guess for the next
    std::size_t m_lastReplies = 1;
    std::size_t m_lastNodes = 0;
    std::uint32_t m_root = 0; // node of the reply being read
    bool m_discarding = false;
    bool m_overflowed = false;
    std::uint64_t m_tooManyElements = 0;
};

} // namespace kvscope
