// Replies: what a batch was answered, flat. One buffer of bytes and one array of nodes for all of
// it.
//
//   *2 $1 0 *2 $1 a $1 b      nodes   Array(2)  "0"  Array(2)  "a"  "b"      (depth first)
//                             end        5       2       5      4    5       (index behind the
//                             subtree) buffer  0ab
//
// A node is 24 bytes; nothing is allocated per element. hiredis' reader fills it through our object
// functions (decoder.h).
#pragma once

#include "core/async/result.h"
#include "core/base/bytes.h"

#include <cstdint>
#include <vector>

namespace kvscope {

class Replies;

enum class ReplyType : std::uint8_t { Nil, String, Status, Error, Integer, Array };

struct ReplyNode
{
    std::int64_t value = 0;   ///< the integer, or the offset of the bytes
    std::uint32_t length = 0; ///< of the bytes, or the number of children
    std::uint32_t end = 0;    ///< index behind the last node of the subtree
    ReplyType type = ReplyType::Nil;
};

/// A cursor into Replies, as cheap as a pointer. Valid as long as the Replies it came from live
/// and do not change. Asking for what is not there gives nil, never undefined behaviour.
class ReplyView
{
  public:
    ReplyView() = default;
    ReplyView(const Replies *replies, std::uint32_t node) : m_replies(replies), m_node(node) {}

    ReplyType type() const;
    bool isNil() const { return type() == ReplyType::Nil; }
    bool isError() const { return type() == ReplyType::Error; }
    bool isArray() const { return type() == ReplyType::Array; }
    bool isInteger() const { return type() == ReplyType::Integer; }
    /// A bulk or simple string.
    bool isBytes() const { return type() == ReplyType::String || type() == ReplyType::Status; }

    /// Of a string, status or error; empty otherwise.
    BytesView bytes() const;
    /// The integer; a string of decimal digits is read too; else `fallback`.
    std::int64_t integer(std::int64_t fallback = 0) const;

    /// Elements of an array, else 0.
    std::size_t size() const;
    /// The i-th element: constant time where no element before it is an array itself.
    ReplyView operator[](std::size_t i) const;

    /// Elements in order, by range-for; an array inside counts as one.
    class Iterator
    {
      public:
        Iterator(const Replies *replies, std::uint32_t node) : m_replies(replies), m_node(node) {}
        ReplyView operator*() const { return {m_replies, m_node}; }
        Iterator &operator++();
        friend bool operator==(const Iterator &a, const Iterator &b)
        {
            return a.m_node == b.m_node;
        }

      private:
        const Replies *m_replies;
        std::uint32_t m_node;
    };
    Iterator begin() const;
    Iterator end() const;

  private:
    const Replies *m_replies = nullptr;
    std::uint32_t m_node = 0;
};

/// One reply a command of the batch, in order. Error replies are values like any other.
class Replies
{
  public:
    std::size_t size() const { return m_roots.size(); }
    bool empty() const { return m_roots.empty(); }
    ReplyView operator[](std::size_t i) const
    {
        return i < m_roots.size() ? ReplyView(this, m_roots[i]) : ReplyView();
    }
    /// The first reply that is an error; a nil view when there is none.
    ReplyView firstError() const;

    /// Bytes held, for limits.
    std::size_t memoryBytes() const;

    const Bytes &buffer() const { return m_buffer; }
    const std::vector<ReplyNode> &nodes() const { return m_nodes; }
    /// Moves the buffer out: for consumers that keep the bytes and their own spans into them.
    Bytes takeBuffer() { return std::move(m_buffer); }

  private:
    friend class Decoder;
    friend struct ObjectFunctions;
    friend class ReplyView;

    Bytes m_buffer;
    std::vector<ReplyNode> m_nodes;
    std::vector<std::uint32_t> m_roots;
};

/// An error reply as an Error: -NOPERM → NoPermission{command, words}, -MOVED → ClusterNode, -OOM,
/// -READONLY, -LOADING, -MASTERDOWN, -WRONGTYPE{}, … else ServerError{words}. `command` is what was
/// sent ("GET"), `place` the endpoint's. A WRONGTYPE's key is not known here: pass it as `key`.
Error serverError(BytesView words, const QString &command, const QString &place,
                  BytesView key = {});

} // namespace kvscope
