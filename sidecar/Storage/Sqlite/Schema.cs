using System.Globalization;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Sqlite;

/// <summary>The tables, as a numbered list of upgrades: what a file of version n needs is everything after the n-th.</summary>
internal static class Schema
{
    /// <summary>Marks our files: "Escl".</summary>
    public const long ApplicationId = 0x4573_636C;

    /// <summary>Only ever appended to: what was released stays as it is.</summary>
    public static IReadOnlyList<string> Upgrades { get; } = [First, PostsById];

    // documents.entries repeats a document's index entries, so that a write knows which to remove without a second
    // index over all of them. outbox.state: 0 waiting, 1 parked, 2 delivered (kept a while to recognise its id).
    // Times are ticks of 100 ns, UTC.
    private const string First = """
        CREATE TABLE documents(
          number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
          entries BLOB NOT NULL, body BLOB NOT NULL, UNIQUE(kind, id));
        CREATE TABLE index_entries(
          kind TEXT NOT NULL, name TEXT NOT NULL, key BLOB NOT NULL, id TEXT NOT NULL,
          PRIMARY KEY(kind, name, key, id)) WITHOUT ROWID;
        CREATE TABLE due(
          kind TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(kind, id)) WITHOUT ROWID;
        CREATE INDEX due_at ON due(at, kind, id);
        CREATE TABLE outbox(
          sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state INTEGER NOT NULL, lane TEXT NOT NULL,
          queued_at INTEGER NOT NULL, attempts INTEGER NOT NULL, not_before INTEGER, problem TEXT, body BLOB NOT NULL);
        CREATE INDEX outbox_state ON outbox(state);
        CREATE TABLE audit(
          sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, subject TEXT NOT NULL,
          body BLOB NOT NULL);
        CREATE INDEX audit_subject ON audit(subject);
        CREATE TABLE numbers(series TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
        """;

    // Files the posts of 0.1.0, which had no indexes, as PostedPosts does: by-post, by-time and by-channel, with no time
    // known. Keys are as IndexKey makes them (a text ends with a zero; the last eight bytes are the unknown time), entries
    // as EntryList does (length and bytes of name and key). Ids are Mattermost's: letters and digits, less than 127.
    private const string PostsById = """
        CREATE TEMP TABLE filed(id TEXT PRIMARY KEY, post TEXT, channel TEXT) WITHOUT ROWID;
        INSERT INTO filed
          SELECT id, json_extract(CAST(body AS TEXT), '$.post') AS post,
            json_extract(CAST(body AS TEXT), '$.channel') AS channel
          FROM documents WHERE kind = 'post';
        INSERT INTO index_entries(kind, name, key, id)
          SELECT 'post', 'by-post', CAST(post || char(0) AS BLOB), id FROM filed;
        INSERT INTO index_entries(kind, name, key, id)
          SELECT 'post', 'by-time', X'7FFFFFFFFFFFFFFF', id FROM filed;
        INSERT INTO index_entries(kind, name, key, id)
          SELECT 'post', 'by-channel',
            CAST(channel || char(0) || CAST(X'7FFFFFFFFFFFFFFF' AS TEXT) AS BLOB), id FROM filed;
        UPDATE documents SET entries = (
          SELECT CAST(
            char(7, 0, 0, 0) || 'by-post' || char(length(post) + 1, 0, 0, 0) || post || char(0) ||
            char(7, 0, 0, 0) || 'by-time' || char(8, 0, 0, 0) || CAST(X'7FFFFFFFFFFFFFFF' AS TEXT) ||
            char(10, 0, 0, 0) || 'by-channel' || char(length(channel) + 9, 0, 0, 0) || channel || char(0) ||
            CAST(X'7FFFFFFFFFFFFFFF' AS TEXT) AS BLOB)
          FROM filed WHERE filed.id = documents.id)
          WHERE kind = 'post';
        DROP TABLE filed;
        """;

    public static long VersionOf(SqliteConnection database) =>
        database.Number("PRAGMA user_version");

    /// <summary>Refuses a file that is not ours or that a newer release wrote.</summary>
    /// <returns>Its version; 0 for a new, empty file.</returns>
    public static long Verify(SqliteConnection database, string path, int known)
    {
        var application = database.Number("PRAGMA application_id");
        var version = VersionOf(database);
        var isNew =
            application == 0
            && version == 0
            && database.Number("SELECT count(*) FROM sqlite_master") == 0;
        if (!isNew && application != ApplicationId)
        {
            throw new StoreUnusableException(StoreRemedies.Foreign(path));
        }

        return version <= known
            ? version
            : throw new StoreUnusableException(StoreRemedies.Newer(path, version, known));
    }

    /// <summary>Applies what is missing, each upgrade with its number in one transaction.</summary>
    public static void Upgrade(SqliteConnection database, IReadOnlyList<string> upgrades)
    {
        for (var version = (int)VersionOf(database); version < upgrades.Count; version++)
        {
            database.Execute("BEGIN IMMEDIATE");
            try
            {
                database.Execute(upgrades[version]);
                database.Execute(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {version + 1}; COMMIT"
                    )
                );
            }
            finally
            {
                if (database.InTransaction)
                {
                    database.Execute("ROLLBACK");
                }
            }
        }
    }
}
