<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>kvscope::About</name>
    <message>
        <source>About KV Scope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows a cache from the inside, proves whether it is right, measures how well it works, and changes it safely.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. Built with Qt %1, QCustomPlot, QScintilla and hiredis.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::Binding</name>
    <message>
        <source>is not a member of a binding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>must be a text that is not empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>must be a list of column names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>names the column “%1” twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>must be a number from %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>must be an object in braces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>belongs to the type “string” only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>belongs to “json” and “hash” only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>must be json, string or hash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>must not be above “seconds”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needs “version”, the column it is taken from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is the name of another field of the value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has a “}” without a “{”; write “}}” for a brace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has a “{” that is not closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needs the name of a column between “{” and “}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>must hold at least one column, like “user:{id}”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::CodeEditor</name>
    <message>
        <source>Text of the value</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::ColorSwatch</name>
    <message>
        <source>Teal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purple</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No colour</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::ConnectDialog</name>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected to %1 %2 in %3 ms.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the profile a name to save it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a profile called “%1” already; choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved “%1”, without a password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the profile “%1”?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server and its keys are not touched.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::ConnectForm</name>
    <message>
        <source>Redis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redis over TLS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unix socket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Built-in engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste redis://user@host:6379/0 to fill the fields below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path of the socket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Us&amp;er</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept in memory only, never in the profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.cer *.key);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host, unless the certificate names another</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CA file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eviction policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needed to save it, e.g. orders-prod</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delimiter between the levels of a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delimiter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every command that writes is refused before it is sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Produc&amp;tion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window wears a red edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory is a size such as 64mb or 1gb.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the path of the socket.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A host name has no spaces.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::Connection</name>
    <message>
        <source>no answer within %1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a reply that nobody asked for</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::Dialogs</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type “%1” to confirm</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::DiffView</name>
    <message>
        <source>Changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n equal line(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::ElementTableModel</name>
    <message>
        <source>Field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Index</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Member</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::Endpoint</name>
    <message>
        <source>a % must be followed by two hexadecimal digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not a database number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not a port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the bracket of the IPv6 address is not closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only :port may follow the IPv6 address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an IPv6 address needs brackets, as in [::1]</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the host is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the host holds a blank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the option “%1” is unknown here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the path of the socket must begin with / (redis+unix:///path)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the path of the socket is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has no scheme such as redis://</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the scheme “%1” is unknown</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::ErrorBar</name>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide this message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::ErrorText</name>
    <message>
        <source>“%1” is not a store URL: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write redis://host:6379/0, rediss://host:6379, redis+unix:///path or engine:.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No address was found for the host %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the name, or use its IP address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 refused the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the server, or check host and port and what the firewall lets through.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 could not be reached: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check host, port and network, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to %1 was closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is tried again by itself; Retry does it now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer to %1 within %2 ms.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server may be busy or the network slow; retry, or raise the time-out in the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not speak the Redis protocol; it answered “%2”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the port: this looks like another service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s answer could not be read: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection is opened anew; retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is larger than allowed (%1, limit %2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read it in pages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS: the certificate for %1 expired on %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Renew it on the server, or pick another CA file in Connection › TLS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS: the certificate is not for the host %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the name in the certificate, or set the server name in Connection › TLS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS: the certificate of %1 is not trusted: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick the CA file that signed it in Connection › TLS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS with %1 failed: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the port speaks TLS and which versions it takes; see Connection › TLS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS: the file %1 can&apos;t be used: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick another file in Connection › TLS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 asks for a password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter user and password in the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not accept the password of user %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check user and password in the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This user may not run %1: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for the right (ACL SETUSER), or connect as another user.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is still loading its data set into memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait a moment, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is out of memory and refused the write: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raise maxmemory, allow eviction, or delete keys; nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is a read-only replica.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is a read-only replica and refused %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect to its primary.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server is a node of a Redis Cluster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server is a node of a Redis Cluster; slot %1 is at %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cluster is not supported yet: this connection shows the node&apos;s own keys, read-only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server refuses scripts: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving uses WATCH instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key %1 now holds another type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reload it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server said: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection is read-only; %1 was not sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the connection read-write to change data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key %1 does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may have expired or been deleted; refresh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key %1 exists already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key %1 was changed by somebody else meanwhile; nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare the versions, then save again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A time to live of %1 would delete the key; it was refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter a time above zero, choose Persist, or delete the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The value is too large (%1, limit %2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A value of type %1 can&apos;t be opened here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not valid JSON: line %1, column %2: %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mend it there, or save it as plain text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is at %1 in this document.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the JSON pointer (RFC 6901).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This store can&apos;t do that: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See kvscope --help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file %1 can&apos;t be read: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check its path and rights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file %1 can&apos;t be written: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another place, or free some space.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 failed: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The binding can&apos;t be used: “%1” %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mend that member of the binding file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database driver for %1 is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install it: apt install %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rows have no column “%1”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use one of: %1, or add it to the query.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The order (%1) is not unique: %2 occurs more than once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a column to “order” that makes it unique, or rows are lost between pages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The order column “%1” is NULL in some rows, so they can&apos;t be paged over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order by a column without NULLs, or leave those rows out of the query.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 keys are made by more than one row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the key template tell the rows apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of the entries differ, more than the %2 a repair may touch; nothing was repaired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most likely the binding does not fit; look at some differences first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The journal has no run %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“kvscope runs” lists them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store has restarted since; writes it acknowledged may be lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pass starts anew.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::FileField</name>
    <message>
        <source>Choose a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::Foot</name>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lost %1; next attempt in %2 (number %3)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 operations</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::JsonError</name>
    <message>
        <source>there is nothing but white space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it begins with a byte-order mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a byte that is not UTF-8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the text ends too early</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a value was expected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a member name in double quotes was expected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“:” was expected behind the member name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“,” or “]” was expected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“,” or “}” was expected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing follows the comma</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the string that begins here is not closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a control character in a string must be escaped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an escape that JSON does not have</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“\u” needs four hexadecimal digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a number can&apos;t begin with a zero and another digit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a digit was expected in the number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only true, false and null are written without quotes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>strings stand in double quotes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON has no comments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is more text behind the end of the value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is larger than 4 GB</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::JsonTreeModel</name>
    <message>
        <source>null</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>boolean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>string</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>array</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>object</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n element(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::LiveSession</name>
    <message>
        <source>search started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>search stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reconnected</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) changed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::MainWindow</name>
    <message>
        <source>Leave text that is not saved?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is kept as a draft, and offered again when you open the key on this store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::PasswordDialog</name>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server asks who you are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept in memory until the program ends, and written nowhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::Rail</name>
    <message>
        <source>Browse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse keys and edit values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live charts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::Sampler</name>
    <message>
        <source>Server restarted</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::SettingsMenu</name>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About KV Scope</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::Shortcuts</name>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live charts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect to a store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete key (asks first)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::StoreButton</name>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>built-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>production</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Built-in engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::StoreFactory</name>
    <message>
        <source>only ?memory= and ?policy= may follow engine:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not a size such as 256mb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no policy “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the engine has no setting “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redis Cluster is not supported yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redis Sentinel is not supported yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tiered stores are not supported yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::Tls</name>
    <message>
        <source>it holds no PEM certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it holds no unencrypted PEM key</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::TopBar</name>
    <message>
        <source>read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes are refused, as this connection asks for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read-write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys can be changed. Every save is a compare-and-set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p99</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hit ratio of the last second, net of our own reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>99th percentile of read latency, last second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory in use by the store</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::Transport</name>
    <message>
        <source>it closed the connection during the handshake</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no such socket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no permission to open it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>kvscope::ValueFormat</name>
    <message>
        <source>JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>binary</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
