namespace Sidecar.Hosting;

/// <summary>What an administrator is told about the store at the start.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(
        1,
        LogLevel.Information,
        "{Directory} holds a store of SQLite, which goes on being used; “store copy” moves it to LiteDB."
    )]
    public static partial void KeepsSqlite(ILogger logger, string directory);
}
