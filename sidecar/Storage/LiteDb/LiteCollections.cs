using LiteDB;
using LiteDB.Engine;

namespace Sidecar.Storage.LiteDb;

/// <summary>
/// The collections, and the upgrades that a file of version n still needs: everything after the n-th. Ids and keys are
/// bytes, never texts, because LiteDB orders texts by collation.
/// </summary>
internal static class LiteCollections
{
    /// <summary>_id (kind, id); v version, e entries, b body.</summary>
    public const string Documents = "documents";

    /// <summary>_id (kind, index, key, id) and nothing else: read from the index alone.</summary>
    public const string Entries = "entries";

    /// <summary>_id (kind, id); t ticks, k (ticks, kind, id).</summary>
    public const string Due = "due";

    /// <summary>_id sequence; i effect, s state, k (state, sequence), l lane, q queued at, a attempts, n not before, p problem, b body.</summary>
    public const string Outbox = "outbox";

    /// <summary>_id sequence; k (subject, sequence), t ticks, a actor, s subject, b body.</summary>
    public const string Audit = "audit";

    /// <summary>_id series; n the last number that may have been given.</summary>
    public const string Numbers = "numbers";

    /// <summary>
    /// Only ever appended to: what was released stays as it is. Each may find itself done by halves, after a power cut,
    /// and must then complete itself.
    /// </summary>
    public static IReadOnlyList<Action<LiteFile>> Upgrades { get; } = [First];

    /// <summary>Applies what is missing, and writes the version behind each.</summary>
    public static void Upgrade(LiteFile file, IReadOnlyList<Action<LiteFile>> upgrades)
    {
        for (var version = FileFormat.VersionOf(file); version < upgrades.Count; version++)
        {
            upgrades[version](file);
            file.Engine.Pragma(Pragmas.USER_VERSION, version + 1);
            file.Log.Flush();
        }
    }

    private static void First(LiteFile file)
    {
        var engine = file.Engine;
        engine.EnsureIndex(Due, "k", BsonExpression.Create("$.k"), unique: true);
        engine.EnsureIndex(Outbox, "k", BsonExpression.Create("$.k"), unique: true);
        engine.EnsureIndex(Outbox, "i", BsonExpression.Create("$.i"), unique: true);
        engine.EnsureIndex(Audit, "k", BsonExpression.Create("$.k"), unique: true);
    }
}
