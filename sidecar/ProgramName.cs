namespace Sidecar;

/// <summary>How whoever reads a message starts this program, for messages that name a command to type.</summary>
internal static class ProgramName
{
    /// <summary>
    /// The line without the command: that of a checkout where this was built in one, else the path of the program that
    /// runs. It can be pasted into a shell.
    /// </summary>
    public static string Typed { get; } =
        IsInCheckout(AppContext.BaseDirectory)
            ? "dotnet run --project sidecar --"
            : Program(
                Environment.ProcessPath,
                Path.Combine(AppContext.BaseDirectory, "Sidecar.dll")
            );

    /// <summary>Where the runtime was told to run it, both are typed.</summary>
    internal static string Program(string? process, string library) =>
        process is null ? "Sidecar"
        : Path.GetFileNameWithoutExtension(process) == "dotnet" ? $"dotnet {Quoted(library)}"
        : Quoted(process);

    internal static bool IsInCheckout(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "sidecar", "Sidecar.csproj")))
            {
                return true;
            }
        }

        return false;
    }

    internal static string Quoted(string path) => path.Contains(' ') ? $"\"{path}\"" : path;
}
