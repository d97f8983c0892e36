// LabSnapshot: what the lab's thread shows of a decoding, as values that never change again.
#pragma once

#include "core/async/error.h"
#include "core/labrun/prefixtree.h"
#include "core/llm/session.h"

#include <limits>
#include <optional>

namespace kvscope {

inline constexpr float kNotMeasured = std::numeric_limits<float>::quiet_NaN();

enum class LabPace : std::uint8_t {
    Step, ///< a token each time step() is called
    Slow, ///< to be read along
    Full, ///< as fast as the machine decodes
};
enum class HeatKind : std::uint8_t { Mass, Norm, Age, Error };

/// What to generate, and what to hold it against.
struct LabPlan
{
    /// A text is gone on from; a chat is answered turn by turn (chatform.h).
    enum class Kind : std::uint8_t { Text, Chat };
    Kind kind = Kind::Text;
    Bytes prompt;             ///< the text, or a chat's first turn
    std::size_t tokens = 200; ///< to generate, at most; in a chat for each turn
    llm::Session::Options session{};
    /// The same generation under other options, beside: its text, KL, the first difference, speed.
    std::optional<llm::Session::Options> other{};
};

struct LabToken
{
    llm::TokenId id = 0;
    Bytes text; ///< its bytes, maybe part of a character; a control token's name
    llm::Origin origin = llm::Origin::Computed;
    bool isPrompt = false; ///< it was given, not chosen
    bool startsTurn = false;
    bool isEvicted = false;
    float probability = kNotMeasured; ///< that the model gave it; none for the prompt's
    float micros = kNotMeasured;      ///< its step; a prompt's tokens share their prefill evenly
    float otherMicros = kNotMeasured;
    float divergence = kNotMeasured; ///< KL(other ‖ this) in nats of the choice of this token
    bool differs = false;    ///< behind the same text the other would have chosen another token
    Bytes otherText;         ///< that choice
    std::uint64_t bytes = 0; ///< payload and scales in the cache after it
    std::uint64_t otherBytes = 0;
};

/// layers · kv_heads rows (layer by layer) of one value for each token of the text.
struct LabHeat
{
    HeatKind kind = HeatKind::Mass;
    std::size_t rows = 0;
    std::size_t positions = 0;
    std::vector<float> values;      ///< [rows · positions]; NaN: not in the cache, or not measured
    std::vector<std::uint8_t> held; ///< by position: held by hand
};

struct LabBlock
{
    std::uint16_t live = 0; ///< a bit for each cell
    llm::Origin origin = llm::Origin::Computed;
    bool isShared = false; ///< others refer to it as well: another sequence, or the store
    bool isResidual = false;
    std::int32_t first = 0; ///< the lowest and highest index in it
    std::int32_t last = 0;
    bool operator==(const LabBlock &) const = default;
};

/// One cell in one layer and head, looked at closely.
struct LabCell
{
    std::int32_t index = -1; ///< in the text
    std::size_t row = 0;     ///< layer · kv_heads + head
    bool isLive = false;
    bool isHeld = false;
    std::int32_t position = 0;
    Bytes text;
    std::vector<float> key, value;           ///< as attention reads them
    std::vector<float> exactKey, exactValue; ///< as they were computed; empty: not known
    float keyError = kNotMeasured;           ///< |stored − exact| ÷ |exact|
    float valueError = kNotMeasured;
    struct Look
    {
        std::int32_t index;
        float weight;
    };
    std::vector<Look> lookers;    ///< the queries that gave it most, over all layers and heads
    std::vector<float> nowByHead; ///< [layers · heads]: what the last query gives it
};

enum class LabPhase : std::uint8_t {
    Empty,   ///< no model yet
    Loading, ///< a model file is being read
    Idle,    ///< a model is there, nothing was generated
    Running,
    Waiting, ///< for step()
    Done,    ///< the tokens asked for are there, or the model ended its text
    Stopped,
};

struct LabSnapshot
{
    LabPhase phase = LabPhase::Empty;
    std::uint64_t run = 0; ///< grows with every start
    std::optional<Error> error{};
    std::shared_ptr<const llm::Model> model{};
    std::string modelPath{};
    double rooflineTps = 0; ///< read bandwidth ÷ weight bytes per token; 0: not measured

    /// What tokens were made by; null: nothing was started.
    std::shared_ptr<const LabPlan> plan{};
    std::vector<LabToken> tokens{};
    std::size_t promptTokens = 0; ///< of the first turn
    std::size_t prefixHits = 0;
    std::size_t turns = 0;
    std::size_t keptTokens = 0; ///< that the last turn found in the sequence's own cache
    /// The comparison's own text, for as long as it goes along: the same tokens up to the first
    /// difference, then what it chose itself.
    std::vector<LabToken> otherTokens{};
    std::optional<std::size_t> firstDifference{}; ///< index in both texts
    double prefillMs = 0;
    double decodeTps = 0; ///< over the whole run
    double otherTps = 0;
    bool hasOther = false;
    llm::KvMemory memory{};
    std::size_t formulaBytes = 0; ///< 2 · layers · kv_heads · head_dim · bits/8 · cells
    std::size_t shifts = 0;
    std::size_t context = 0; ///< tokens that fit before it is full
    std::size_t keep = 0;    ///< that a shift never drops
    /// Mean share of attention on position 0, over queries behind the 32nd; NaN before.
    float sinkMass = kNotMeasured;

    LabHeat heat{};
    std::vector<LabBlock> blocks{};
    std::optional<LabCell> cell{};
    std::shared_ptr<const PrefixRows> prefixes{};
};

} // namespace kvscope
