// DemoText: vocabulary, titles, sentences and queries.
#include "core/source/demotext.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace kvscope {
namespace {

using std::string_view;

constexpr std::array<string_view, 80> kAdjectives{
    "ancient",  "alpine",   "amber",    "arctic",   "autumn",   "baroque",  "blue",   "bronze",
    "coastal",  "cobalt",   "copper",   "crimson",  "crystal",  "desert",   "dusty",  "early",
    "eastern",  "electric", "emerald",  "evening",  "fading",   "fragrant", "frozen", "gentle",
    "gilded",   "golden",   "granite",  "handmade", "hidden",   "highland", "hollow", "indigo",
    "inland",   "iron",     "ivory",    "late",     "lost",     "lunar",    "marble", "medieval",
    "misty",    "modern",   "mossy",    "narrow",   "nomadic",  "northern", "open",   "painted",
    "pale",     "quiet",    "rainy",    "restored", "rural",    "rustic",   "sacred", "scarlet",
    "silent",   "silver",   "slow",     "smoky",    "solar",    "southern", "spring", "striped",
    "summer",   "sunken",   "terraced", "tidal",    "tropical", "urban",    "velvet", "vintage",
    "volcanic", "walled",   "western",  "wild",     "winter",   "wooden",   "woven",  "young"};

constexpr std::array<string_view, 120> kSubjects{
    "bridges",    "lighthouses", "orchards",    "glaciers",   "violins",       "teapots",
    "railways",   "canals",      "clocks",      "kites",      "lanterns",      "libraries",
    "markets",    "monasteries", "mosaics",     "mushrooms",  "observatories", "orchids",
    "owls",       "palaces",     "paths",       "pianos",     "pilgrims",      "pottery",
    "puppets",    "quarries",    "quilts",      "rafts",      "rivers",        "roofs",
    "ropes",      "sails",       "salt",        "sculptures", "seaweed",       "shepherds",
    "ships",      "shrines",     "silk",        "skis",       "sledges",       "songbirds",
    "spices",     "springs",     "stairs",      "stations",   "stoves",        "streams",
    "swords",     "tapestries",  "tea",         "telescopes", "temples",       "theatres",
    "tides",      "tiles",       "towers",      "trams",      "trees",         "tunnels",
    "umbrellas",  "valleys",     "villages",    "vineyards",  "volcanoes",     "walls",
    "watches",    "waterfalls",  "waterwheels", "weavers",    "wells",         "whales",
    "windmills",  "windows",     "wolves",      "wool",       "workshops",     "yurts",
    "bakeries",   "baskets",     "beaches",     "bees",       "bells",         "boats",
    "bookshops",  "bread",       "butterflies", "cafes",      "candles",       "caravans",
    "carpets",    "castles",     "caves",       "ceramics",   "cheese",        "chess",
    "cliffs",     "cloisters",   "compasses",   "costumes",   "cottages",      "crafts",
    "dances",     "dolphins",    "dragonflies", "dunes",      "dyes",          "eagles",
    "embroidery", "fables",      "falcons",     "ferries",    "festivals",     "fishermen",
    "flutes",     "forests",     "fountains",   "gardens",    "geysers",       "herbs"};

constexpr std::array<string_view, 80> kPlaces{
    "norway",  "iceland",   "patagonia", "kyoto",    "lisbon",  "yunnan",    "bavaria",
    "sicily",  "crete",     "scotland",  "brittany", "georgia", "nepal",     "bhutan",
    "oaxaca",  "peru",      "chile",     "quebec",   "alaska",  "vermont",   "hokkaido",
    "okinawa", "sichuan",   "tibet",     "kashmir",  "kerala",  "rajasthan", "ceylon",
    "java",    "bali",      "tasmania",  "zanzibar", "morocco", "tunisia",   "cairo",
    "petra",   "anatolia",  "bulgaria",  "romania",  "moravia", "bohemia",   "vienna",
    "tyrol",   "provence",  "alsace",    "burgundy", "galicia", "andalusia", "madeira",
    "azores",  "cornwall",  "wales",     "dublin",   "orkney",  "lapland",   "finland",
    "estonia", "latvia",    "gdansk",    "krakow",   "lviv",    "odessa",    "crimea",
    "armenia", "samarkand", "bukhara",   "mongolia", "korea",   "jeju",      "taiwan",
    "hanoi",   "laos",      "angkor",    "borneo",   "samoa",   "hawaii",    "oregon",
    "montana", "yukon",     "greenland"};

struct Form
{
    string_view word;
    string_view phrase; ///< with %s for what it is about
};
constexpr std::array<Form, 16> kForms{{{"history", "A short history of %s"},
                                       {"guide", "A field guide to %s"},
                                       {"repair", "The repair of %s"},
                                       {"maps", "Maps of %s"},
                                       {"photographs", "Photographs of %s"},
                                       {"stories", "Stories about %s"},
                                       {"walks", "Walks among %s"},
                                       {"craft", "The craft behind %s"},
                                       {"economy", "The economy of %s"},
                                       {"science", "The science of %s"},
                                       {"recipes", "Recipes and %s"},
                                       {"restoration", "The restoration of %s"},
                                       {"legends", "Legends of %s"},
                                       {"sketches", "Sketches of %s"},
                                       {"census", "A census of %s"},
                                       {"letters", "Letters on %s"}}};

constexpr std::array<string_view, 10> kOpenings{
    "Travellers have described them since the first roads were cut",
    "Little was written down before the archive opened",
    "Three generations of one family kept the records",
    "What began as a local custom became a trade",
    "The survey took eleven summers to finish",
    "Visitors come for one thing and stay for another",
    "No two of them are alike, and that is the point",
    "The old methods are slow and still the best",
    "Most of what is known comes from letters",
    "A catalogue was drawn by hand and then lost twice"};
constexpr std::array<string_view, 8> kClosings{
    "and the notes are printed here for the first time.",
    "with drawings, dates and the names of those who helped.",
    "which the author measured, weighed and drew on the spot.",
    "and an index of sources closes the volume.",
    "so the chapters follow the seasons.",
    "yet hardly a tenth of it survives today.",
    "and every figure was checked against the parish books.",
    "as the plates at the end show."};

/// SplitMix64 (Steele, Lea, Flood 2014): every number in, an unrelated one out.
struct Dice
{
    std::uint64_t state;
    std::uint64_t next()
    {
        std::uint64_t z = (state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31U);
    }
    double fraction() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
    std::size_t even(std::size_t n) { return static_cast<std::size_t>(next() % n); }
    /// The first words far more often than the last.
    std::size_t uneven(std::size_t n)
    {
        const double u = fraction();
        return static_cast<std::size_t>(u * u * static_cast<double>(n));
    }
};

std::string capitalized(string_view word)
{
    std::string text(word);
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text;
}

} // namespace

DemoDocument demoDocument(std::int64_t id)
{
    Dice dice{static_cast<std::uint64_t>(id) * 0x2545f4914f6cdd1dULL};
    const string_view adjective = kAdjectives[dice.uneven(kAdjectives.size())];
    const string_view subject = kSubjects[dice.uneven(kSubjects.size())];
    const string_view place = kPlaces[dice.uneven(kPlaces.size())];
    const Form &form = kForms[dice.uneven(kForms.size())];
    const string_view second = kSubjects[dice.even(kSubjects.size())];

    DemoDocument document;
    document.id = id;
    document.year = 1890 + static_cast<int>(dice.even(136));
    document.ratingTenths = 10 + static_cast<int>(dice.even(41));

    std::string about(adjective);
    about.append(" ").append(subject).append(" of ").append(capitalized(place));
    document.title = form.phrase;
    document.title.replace(document.title.find("%s"), 2, about);

    document.body = kOpenings[dice.even(kOpenings.size())];
    document.body.append(": the ").append(adjective).append(" ").append(subject).append(" of ");
    document.body.append(capitalized(place))
        .append(" are seen beside ")
        .append(second)
        .append(", ");
    document.body.append(kClosings[dice.even(kClosings.size())]);

    document.tags.append(form.word).append(" ").append(subject).append(" ").append(place);
    return document;
}

std::vector<std::string> demoQueries()
{
    std::vector<std::string> queries;
    const auto add = [&queries](string_view first, string_view second) {
        queries.emplace_back(first).append(" ").append(second);
    };
    for (const string_view subject : kSubjects) {
        for (const string_view place : kPlaces) add(subject, place);
        for (const string_view adjective : kAdjectives) add(adjective, subject);
        for (const Form &form : kForms) add(subject, form.word);
    }
    for (const string_view place : kPlaces) {
        for (const string_view adjective : kAdjectives) add(adjective, place);
        for (const Form &form : kForms) add(place, form.word);
    }
    Dice dice{20240229};
    for (std::size_t i = queries.size() - 1; i > 0; --i)
        std::swap(queries[i], queries[dice.even(i + 1)]);
    return queries;
}

} // namespace kvscope
