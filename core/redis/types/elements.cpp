// Which class pages which type, and what their answers have in common.
#include "core/redis/types/elements.h"

#include "core/redis/types/pagecursor.h"
#include "core/redis/types/types.h"

#include <charconv>

namespace kvscope {

const ElementType *ElementType::of(ValueType type)
{
    static const StringType string;
    static const HashType hash;
    static const ListType list;
    static const SetType set;
    static const SortedSetType sortedSet;
    static const StreamType stream;
    switch (type) {
    case ValueType::String:
        return &string;
    case ValueType::Hash:
        return &hash;
    case ValueType::List:
        return &list;
    case ValueType::Set:
        return &set;
    case ValueType::SortedSet:
        return &sortedSet;
    case ValueType::Stream:
        return &stream;
    case ValueType::None:
    case ValueType::Module:
        break;
    }
    return nullptr;
}

ValueType valueTypeOf(BytesView redisName)
{
    if (redisName == "string") return ValueType::String;
    if (redisName == "hash") return ValueType::Hash;
    if (redisName == "list") return ValueType::List;
    if (redisName == "set") return ValueType::Set;
    if (redisName == "zset") return ValueType::SortedSet;
    if (redisName == "stream") return ValueType::Stream;
    return redisName == "none" ? ValueType::None : ValueType::Module;
}

std::uint64_t PageCursor::number(BytesView text)
{
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

PageCursor PageCursor::parse(BytesView cursor)
{
    PageCursor parsed;
    const std::size_t plus = std::min(cursor.find('+'), cursor.size());
    parsed.server = plus > 0 ? Bytes(cursor.substr(0, plus)) : Bytes("0");
    if (plus < cursor.size()) parsed.skip = number(cursor.substr(plus + 1));
    return parsed;
}

Bytes PageCursor::text() const
{
    return skip ? server + '+' + std::to_string(skip) : server;
}

Result<ElementAnswers> elementAnswers(const Replies &replies, std::size_t first,
                                      const char *command)
{
    for (const ReplyView reply : {replies[first], replies[first + 1]}) {
        if (reply.isError())
            return failure(serverError(reply.bytes(), QString::fromLatin1(command), QString()));
    }
    return ElementAnswers{replies[first].integer(-1), replies[first + 1]};
}

Result<ElementPage> scanPage(const Replies &replies, std::size_t first, BytesView cursor, int count,
                             std::size_t width, const char *command)
{
    const Result<ElementAnswers> answers = elementAnswers(replies, first, command);
    if (!answers) return failure(answers.error());
    const ReplyView flat = answers->elements[1];
    const std::size_t rows = flat.size() / width;
    const PageCursor at = PageCursor::parse(cursor);
    const auto begin = static_cast<std::size_t>(std::min<std::uint64_t>(at.skip, rows));
    const std::size_t end = std::min(rows, begin + static_cast<std::size_t>(count));

    ElementPage page;
    page.total = answers->total;
    page.rows.reserve(end - begin);
    for (std::size_t row = begin; row < end; ++row) {
        std::vector<Bytes> &cells = page.rows.emplace_back();
        for (std::size_t cell = 0; cell < width; ++cell)
            cells.emplace_back(flat[row * width + cell].bytes());
    }
    const BytesView next = answers->elements[0].bytes();
    if (end < rows)
        page.next = PageCursor{at.server, end}.text();
    else if (next != "0")
        page.next = next;
    return page;
}

} // namespace kvscope
