namespace Sidecar.Storage.Sqlite;

/// <summary>Looks at every page of a file.</summary>
internal static class PageCheck
{
    private const string Sound = "ok";

    /// <summary>What is wrong with the structure, or null; indexes are not compared with their tables.</summary>
    public static string? Quick(SqliteConnection database) =>
        Finding(database, "PRAGMA quick_check(1)");

    /// <summary>What is wrong, or null; slower, and complete.</summary>
    public static string? Full(SqliteConnection database) =>
        Finding(database, "PRAGMA integrity_check(1)");

    private static string? Finding(SqliteConnection database, string pragma)
    {
        try
        {
            var finding = database.Text(pragma);
            return finding == Sound ? null : finding ?? "the check gave no answer";
        }
        catch (SqliteFault fault) when (fault.IsDamage)
        {
            return fault.Message;
        }
    }
}
