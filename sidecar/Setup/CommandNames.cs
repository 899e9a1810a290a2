namespace Sidecar.Setup;

/// <summary>The commands as a person types them, for messages that name one.</summary>
internal static class CommandNames
{
    public static string Run { get; } = Named("run");
    public static string Install { get; } = Named("install");
    public static string Doctor { get; } = Named("doctor");
    public static string Backup { get; } = Named("backup");
    public static string Export { get; } = Named("export");
    public static string Restore { get; } = Named("restore");
    public static string Import { get; } = Named("import");
    public static string Store { get; } = Named("store");
    public static string Settings { get; } = Named("settings");

    private static string Named(string command) => $"{ProgramName.Typed} {command}";
}
