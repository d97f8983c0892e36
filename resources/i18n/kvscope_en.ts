<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>kvscope::BindingEditor</name>
    <message numerus="yes">
        <source>Connected: %n tables</source>
        <translation>
            <numerusform>Connected: %n table</numerusform>
            <numerusform>Connected: %n tables</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::BindingList</name>
    <message numerus="yes">
        <source>%n valid</source>
        <translation>
            <numerusform>%n valid</numerusform>
            <numerusform>%n valid</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n can&apos;t be used</source>
        <translation>
            <numerusform>%n can&apos;t be used</numerusform>
            <numerusform>%n can&apos;t be used</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::BlockJobs</name>
    <message numerus="yes">
        <source>Delete %n KV blocks?</source>
        <translation>
            <numerusform>Delete %n KV block?</numerusform>
            <numerusform>Delete %n KV blocks?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete these %n</source>
        <translation>
            <numerusform>Delete this one</numerusform>
            <numerusform>Delete these %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::BrowseFooter</name>
    <message numerus="yes">
        <source>%1 of %2 keys</source>
        <translation>
            <numerusform>%1 of %2 key</numerusform>
            <numerusform>%1 of %2 keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 keys, stopped</source>
        <translation>
            <numerusform>%1 key, stopped</numerusform>
            <numerusform>%1 keys, stopped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 keys</source>
        <translation>
            <numerusform>%1 key</numerusform>
            <numerusform>%1 keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::CapacityView</name>
    <message numerus="yes">
        <source>%1 users on %n GPUs</source>
        <translation>
            <numerusform>%1 users on one GPU</numerusform>
            <numerusform>%1 users on %n GPUs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::DecodeView</name>
    <message numerus="yes">
        <source>%n blocks (a dot) are shared with the prefix cache: the sequence reads them where the store keeps them.</source>
        <translation>
            <numerusform>One block (a dot) is shared with the prefix cache: the sequence reads it where the store keeps it.</numerusform>
            <numerusform>%n blocks (a dot) are shared with the prefix cache: the sequence reads them where the store keeps them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n texts</source>
        <translation>
            <numerusform>%n text</numerusform>
            <numerusform>%n texts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>turn %1: %n tokens were in the cache already</source>
        <translation>
            <numerusform>turn %1: %n token was in the cache already</numerusform>
            <numerusform>turn %1: %n tokens were in the cache already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The context of %1 tokens was full %n times: half of what lay behind the first %2 was dropped, the rest moved down.</source>
        <translation>
            <numerusform>The context of %1 tokens was full once: half of what lay behind the first %2 was dropped, the rest moved down.</numerusform>
            <numerusform>The context of %1 tokens was full %n times: half of what lay behind the first %2 was dropped, the rest moved down.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::DiffView</name>
    <message numerus="yes">
        <source>%n equal line(s)</source>
        <translation>
            <numerusform>%n equal line</numerusform>
            <numerusform>%n equal lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::DifferenceTable</name>
    <message numerus="yes">
        <source>Repair %1 selected</source>
        <translation>
            <numerusform>Repair %1 selected</numerusform>
            <numerusform>Repair %1 selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::EditorPage</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::Foot</name>
    <message numerus="yes">
        <source>%1 keys</source>
        <translation>
            <numerusform>%1 key</numerusform>
            <numerusform>%1 keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::HeatMap</name>
    <message numerus="yes">
        <source>%n tokens old</source>
        <translation>
            <numerusform>%n token old</numerusform>
            <numerusform>%n tokens old</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::Job</name>
    <message numerus="yes">
        <source>%n entries have no row, more than half of those that were looked at: most likely the binding does not fit, and none is removed.</source>
        <translation>
            <numerusform>One entry has no row, more than half of those that were looked at: most likely the binding does not fit, and it is not removed.</numerusform>
            <numerusform>%n entries have no row, more than half of those that were looked at: most likely the binding does not fit, and none is removed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::JobStrip</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::JobWords</name>
    <message numerus="yes">
        <source>%n settings measured</source>
        <translation>
            <numerusform>%n setting measured</numerusform>
            <numerusform>%n settings measured</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 deleted</source>
        <translation>
            <numerusform>%1 deleted</numerusform>
            <numerusform>%1 deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 written anew</source>
        <translation>
            <numerusform>%1 written anew</numerusform>
            <numerusform>%1 written anew</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 filled</source>
        <translation>
            <numerusform>%1 filled</numerusform>
            <numerusform>%1 filled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 given the TTL they should have</source>
        <translation>
            <numerusform>%1 given the TTL it should have</numerusform>
            <numerusform>%1 given the TTL they should have</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::JobsPage</name>
    <message numerus="yes">
        <source>every %n min, next at %1</source>
        <translation>
            <numerusform>every minute, next at %1</numerusform>
            <numerusform>every %n min, next at %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 entries are put back as they were, value and TTL, where the store still holds what the run wrote; those that it made are taken away again. What changed since is kept and told.</source>
        <translation>
            <numerusform>%1 entry is put back as it was, value and TTL, if the store still holds what the run wrote; one that it made is taken away again. What changed since is kept and told.</numerusform>
            <numerusform>%1 entries are put back as they were, value and TTL, where the store still holds what the run wrote; those that it made are taken away again. What changed since is kept and told.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::JsonTreeModel</name>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n element(s)</source>
        <translation>
            <numerusform>%n element</numerusform>
            <numerusform>%n elements</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::KvBlockNote</name>
    <message numerus="yes">
        <source>KV block of %n tokens, %1</source>
        <translation>
            <numerusform>KV block of %n token, %1</numerusform>
            <numerusform>KV block of %n tokens, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keys and values of %n tokens for the model %1, as %2: %3 behind a header of %4 bytes</source>
        <translation>
            <numerusform>Keys and values of %n token for the model %1, as %2: %3 behind a header of %4 bytes</numerusform>
            <numerusform>Keys and values of %n tokens for the model %1, as %2: %3 behind a header of %4 bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::LabPage</name>
    <message numerus="yes">
        <source>Go on for %n tokens</source>
        <translation>
            <numerusform>Go on for one token</numerusform>
            <numerusform>Go on for %n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blocks differ from their recomputation.</source>
        <translation>
            <numerusform>One block differs from its recomputation.</numerusform>
            <numerusform>%n blocks differ from their recomputation.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::LabVerbs</name>
    <message numerus="yes">
        <source>The model was trained for %n tokens; beyond them it guesses.</source>
        <translation>
            <numerusform>The model was trained for one token; beyond it it guesses.</numerusform>
            <numerusform>The model was trained for %n tokens; beyond them it guesses.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::LiveSession</name>
    <message numerus="yes">
        <source>%n key(s) changed</source>
        <translation>
            <numerusform>%n key changed</numerusform>
            <numerusform>%n keys changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::OriginLegend</name>
    <message numerus="yes">
        <source>%1, %n tokens</source>
        <translation>
            <numerusform>%1, %n token</numerusform>
            <numerusform>%1, %n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::PreviewPanel</name>
    <message numerus="yes">
        <source>%1 of the first %n rows agree with the store now.</source>
        <translation>
            <numerusform>%1 of the first row agrees with the store now.</numerusform>
            <numerusform>%1 of the first %n rows agree with the store now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::RepairDialog</name>
    <message numerus="yes">
        <source>Repair %1 entries?</source>
        <translation>
            <numerusform>Repair %1 entry?</numerusform>
            <numerusform>Repair %1 entries?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::ReportDialog</name>
    <message numerus="yes">
        <source>%n kept: this run can be undone</source>
        <translation>
            <numerusform>%n kept: this run can be undone</numerusform>
            <numerusform>%n kept: this run can be undone</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::SourceBrowser</name>
    <message numerus="yes">
        <source>The first %n rows.</source>
        <translation>
            <numerusform>The first row.</numerusform>
            <numerusform>The first %n rows.</numerusform>
        </translation>
    </message>
</context>
</TS>
