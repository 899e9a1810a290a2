using System.CommandLine;
using System.CommandLine.Parsing;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Postgres;

namespace Sidecar.Cli;

/// <summary>Options that several commands share.</summary>
internal static class SetupOptions
{
    private const string DataVariable = "ESCALATE_DATA";
    private const string StoreVariable = "ESCALATE_STORE";
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

    /// <summary>The store: an engine in the data directory, or a database; null for what the data directory has, or LiteDB.</summary>
    public static Option<string?> Store()
    {
        var store = new Option<string?>("--store")
        {
            Description =
                $"The store: litedb or sqlite, in the data directory, or postgres:<connection string>. Default: the one that is there, and litedb for a new store. The variable {StoreVariable} does the same, and shows a password to fewer people.",
            HelpName = "engine",
            DefaultValueFactory = _ =>
                Environment.GetEnvironmentVariable(StoreVariable) is { Length: > 0 } set
                    ? set
                    : null,
        };
        store.Validators.Add(result =>
        {
            if (!PostgresAddress.IsOne(Given(result)))
            {
                RefuseUnknown(result);
            }
        });
        return store;
    }

    /// <summary>The same for commands that work on the files of a store.</summary>
    /// <param name="instead">What to do with a database.</param>
    public static Option<string?> FileStore(string instead)
    {
        var store = Store();
        store.Description =
            "The engine of the store in the data directory: litedb or sqlite. Default: the one that is there, and litedb for a new store.";
        store.DefaultValueFactory = _ => null;
        store.Validators.Clear();
        store.Validators.Add(result =>
        {
            if (PostgresAddress.IsOne(Given(result)))
            {
                result.AddError($"This command works on the files of a store. {instead}");
            }
            else
            {
                RefuseUnknown(result);
            }
        });
        return store;
    }

    private static string? Given(OptionResult result) =>
        result.Tokens is [.., var last] ? last.Value : null;

    // Not repeated: it may be a connection string with a password in it.
    private static void RefuseUnknown(OptionResult result)
    {
        if (Given(result) is { } word && !StoreFormats.All.Any(format => format.Word == word))
        {
            result.AddError("--store takes litedb, sqlite or postgres:<connection string>.");
        }
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
            result.AddError(
                $"\"{text}\" is not an address: it has to begin with http:// or https://."
            );
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
