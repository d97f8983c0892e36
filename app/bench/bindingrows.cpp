// BindingRows: seven columns, about 150 bytes of JSON.
#include "app/bench/bindingrows.h"

#include "app/bench/redisfixture.h"
#include "core/source/sqlite.h"

#include <QFile>

#include <cstdio>

namespace kvscope::bench {
namespace {

constexpr std::int64_t kFirstVersion = 1'700'000'000;

struct Row
{
    std::size_t id;
    std::size_t code;

    Bytes key() const { return "user:" + codeText(); }
    Bytes codeText() const { return std::to_string(1'000'000 + code); }
    Bytes name() const { return formatted("Customer number %07zu", code); }
    Bytes email() const { return formatted("customer.%07zu@shop.example", code); }
    Bytes city() const { return formatted("City %03zu", code % 977); }
    Bytes age() const { return std::to_string(18 + code % 70); }
    Bytes cents() const { return std::to_string(code * 7919 % 1'000'003); }
    Bytes version() const { return std::to_string(kFirstVersion + std::int64_t(id)); }

    Bytes value(BindingRows::Writer writer, BindingRows::Version version) const
    {
        const Bytes end = version == BindingRows::Version::None ? "" : ",\"_v\":" + this->version();
        if (writer == BindingRows::Writer::Warmup)
            return "{\"code\":" + codeText() + ",\"name\":\"" + name() + "\",\"email\":\"" +
                   email() + "\",\"city\":\"" + city() + "\",\"age\":" + age() +
                   ",\"cents\":" + cents() + end + '}';
        return "{\"name\": \"" + name() + "\", \"code\": " + codeText() + ", \"age\": " + age() +
               ", \"email\": \"" + email() + "\", \"cents\": " + cents() + ".0, \"city\": \"" +
               city() + '"' + end + '}';
    }

  private:
    static Bytes formatted(const char *form, std::size_t number)
    {
        char text[64];
        const int size = std::snprintf(text, sizeof text, form, number);
        return {text, std::size_t(size)};
    }
};

template<class Take>
void forEachRow(std::size_t count, Take take)
{
    const std::vector<std::uint32_t> codes = shuffled(count);
    for (std::size_t i = 0; i < count; ++i)
        if (!take(Row{i + 1, codes[i]})) return;
}

} // namespace

Bytes BindingRows::createItems()
{
    return "CREATE TABLE items(id INTEGER PRIMARY KEY, code INTEGER, name TEXT, email TEXT, "
           "city TEXT, age INTEGER, cents INTEGER, version BIGINT);";
}

Result<bool> BindingRows::writeSqlite(const QString &path) const
{
    auto database = Sqlite::open(path, Sqlite::Access::ReadWrite);
    if (!database) return failure(database.error());
    if (auto made = database->execute(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + createItems() +
            "CREATE TABLE ready(id INTEGER PRIMARY KEY, key TEXT, value TEXT, version TEXT);"
            "BEGIN;");
        !made)
        return made;
    auto item = database->prepare("INSERT INTO items VALUES(?,?,?,?,?,?,?,?)");
    auto ready = database->prepare("INSERT INTO ready VALUES(?,?,?,?)");
    if (!item || !ready) return failure(database->lastError());
    Result<bool> written = true;
    const auto insert = [&written](SqliteStatement &statement) {
        const auto stepped = statement.step();
        if (!stepped) written = failure(stepped.error());
        statement.reset();
        return written.has_value();
    };
    forEachRow(count, [&](const Row &row) {
        const Bytes texts[] = {row.codeText(), row.name(),  row.email(),  row.city(),
                               row.age(),      row.cents(), row.version()};
        item->bind(1, std::int64_t(row.id));
        int parameter = 1;
        for (const Bytes &text : texts) item->bindText(++parameter, text);
        ready->bind(1, std::int64_t(row.id));
        ready->bindText(2, row.key());
        ready->bindText(3, row.value(writer, version));
        ready->bindText(4, row.version());
        return insert(*item) && insert(*ready);
    });
    return written ? database->execute("COMMIT") : written;
}

Result<bool> BindingRows::writeCsv(const QString &path) const
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return failure(ErrorCode::FileUnwritable, {path, file.errorString()});
    bool written = true;
    forEachRow(count, [&](const Row &row) {
        const Bytes line = std::to_string(row.id) + ',' + row.codeText() + ',' + row.name() + ',' +
                           row.email() + ',' + row.city() + ',' + row.age() + ',' + row.cents() +
                           ',' + row.version() + '\n';
        written = file.write(line.data(), qint64(line.size())) == qint64(line.size());
        return written;
    });
    if (!written || !file.flush())
        return failure(ErrorCode::FileUnwritable, {path, file.errorString()});
    return true;
}

Result<Binding> BindingRows::binding(const QString &sourceUrl) const
{
    Bytes text = "{\"name\":\"users\",\"source\":\"" + sourceUrl.toStdString() +
                 "\",\"rows\":\"SELECT id, code, name, email, city, age, cents, version "
                 "FROM items\",\"order\":[\"id\"],\"key\":\"user:{code}\","
                 "\"value\":{\"type\":\"json\",\"fields\":[\"code\",\"name\",\"email\",\"city\","
                 "\"age\",\"cents\"]}";
    if (version == Version::Stored) text += ",\"version\":\"version\",\"version_field\":\"_v\"";
    if (ttlSeconds > 0)
        text += ",\"ttl\":{\"seconds\":" + std::to_string(ttlSeconds) + ",\"jitter\":0.1}";
    return Binding::parse(text + '}');
}

void BindingRows::forEach(const std::function<bool(BytesView key, BytesView value)> &take) const
{
    forEachRow(count, [&](const Row &row) { return take(row.key(), row.value(writer, version)); });
}

} // namespace kvscope::bench
