using System.CommandLine;
using System.CommandLine.Parsing;
using Sidecar.Storage.Engines;

namespace Sidecar.Cli;

/// <summary>Options that several commands share.</summary>
internal static class SetupOptions
{
    private const string DataVariable = "ESCALATE_DATA";
    private const string SettingsVariable = "ESCALATE_SETTINGS";

    /// <summary>The data directory; <c>run</c> takes the same.</summary>
    public static Option<string> Data() =>
        new("--data")
        {
            Description =
                $"The directory of the store, the keys and secrets.json; the variable {DataVariable} changes the default.",
            HelpName = "directory",
            DefaultValueFactory = _ =>
                Environment.GetEnvironmentVariable(DataVariable) is { Length: > 0 } set
                    ? set
                    : "data",
        };

    /// <summary>The engine of the store; null for what the data directory has, or LiteDB.</summary>
    public static Option<string?> Store()
    {
        var store = new Option<string?>("--store")
        {
            Description =
                "The engine of the store: litedb or sqlite. Default: the one that is there, and litedb for a new store.",
            HelpName = "engine",
        };
        store.AcceptOnlyFromAmong([.. StoreFormats.All.Select(format => format.Word)]);
        return store;
    }

    /// <summary>Where the settings file is; null for the data directory's.</summary>
    public static Option<string?> Settings() =>
        new("--settings")
        {
            Description =
                $"The settings file, when it is not settings.json in the data directory; the variable {SettingsVariable} does the same.",
            HelpName = "file",
            DefaultValueFactory = _ =>
                Environment.GetEnvironmentVariable(SettingsVariable) is { Length: > 0 } set
                    ? set
                    : null,
        };

    /// <summary>An address that begins with http:// or https://.</summary>
    public static Option<Uri?> Address(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "address",
            CustomParser = ReadAddress,
        };

    private static Uri? ReadAddress(ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
        )
        {
            result.AddError($"\"{text}\" is no address: it has to begin with http:// or https://.");
            return null;
        }

        if (address.UserInfo.Length > 0)
        {
            // Not repeated: there may be a password in it.
            result.AddError("An address must not hold a user name or password.");
            return null;
        }

        return address;
    }
}
