using Sidecar.Mattermost.Plugin.Gob;

namespace Sidecar.Mattermost.Plugin;

/// <summary>The shapes that are sent to Mattermost: only the fields that are used, which match by name.</summary>
internal static class PluginTypes
{
    public const string ErrorName = "*plugin.ErrorString";

    /// <summary>How Go names what JSON calls an object.</summary>
    public const string MapName = "map[string]interface {}";

    /// <summary>How Go names what JSON calls an array.</summary>
    public const string ListName = "[]interface {}";

    public static GobType AnyMap { get; } = GobType.MapOf(GobType.Text, GobType.Any);

    public static GobType AnyList { get; } = GobType.SliceOf(GobType.Any);

    public static GobType Header { get; } =
        GobType.MapOf(GobType.Text, GobType.SliceOf(GobType.Text));

    public static GobType Names { get; } = GobType.SliceOf(GobType.Text);

    public static GobType Error { get; } =
        GobType.Struct("ErrorString", ("Code", GobType.Int), ("Err", GobType.Text));

    public static GobType ErrorReturns { get; } =
        GobType.Struct("Z_OnActivateReturns", ("A", GobType.Any));

    public static GobType CommandReturns { get; } =
        GobType.Struct(
            "Z_ExecuteCommandReturns",
            (
                "A",
                GobType.Struct(
                    "CommandResponse",
                    ("ResponseType", GobType.Text),
                    ("Text", GobType.Text),
                    ("Props", AnyMap),
                    ("SkipSlackParsing", GobType.Bool)
                )
            )
        );

    public static GobType OneText { get; } = GobType.Struct("Z_Text", ("A", GobType.Text));

    public static GobType TwoTexts { get; } =
        GobType.Struct("Z_Texts", ("A", GobType.Text), ("B", GobType.Text));

    public static GobType Log { get; } =
        GobType.Struct("Z_Log", ("A", GobType.Text), ("B", AnyList));

    public static GobType KeyAndBytes { get; } =
        GobType.Struct("Z_KVSet", ("A", GobType.Text), ("B", GobType.Bytes));

    public static GobType KeyBytesOptions { get; } =
        GobType.Struct(
            "Z_KVSetWithOptions",
            ("A", GobType.Text),
            ("B", GobType.Bytes),
            (
                "C",
                GobType.Struct(
                    "PluginKVSetOptions",
                    ("Atomic", GobType.Bool),
                    ("OldValue", GobType.Bytes),
                    ("ExpireInSeconds", GobType.Int)
                )
            )
        );

    public static GobType Bot { get; } =
        GobType.Struct(
            "Z_CreateBot",
            (
                "A",
                GobType.Struct(
                    "Bot",
                    ("Username", GobType.Text),
                    ("DisplayName", GobType.Text),
                    ("Description", GobType.Text)
                )
            )
        );

    public static GobType AccessToken { get; } =
        GobType.Struct(
            "Z_CreateUserAccessToken",
            (
                "A",
                GobType.Struct(
                    "UserAccessToken",
                    ("UserId", GobType.Text),
                    ("Description", GobType.Text)
                )
            )
        );

    public static GobType Sql { get; } =
        GobType.Struct("Z_DbConnArgs", ("A", GobType.Text), ("B", GobType.Text));

    public static GobType SocketEvent { get; } =
        GobType.Struct(
            "Z_PublishWebSocketEvent",
            ("A", GobType.Text),
            ("B", AnyMap),
            ("C", GobType.Struct("WebsocketBroadcast", ("UserId", GobType.Text)))
        );

    public static GobType ClusterEvent { get; } =
        GobType.Struct(
            "Z_PublishPluginClusterEvent",
            (
                "A",
                GobType.Struct("PluginClusterEvent", ("Id", GobType.Text), ("Data", GobType.Bytes))
            ),
            ("B", GobType.Struct("PluginClusterEventSendOptions", ("SendType", GobType.Text)))
        );

    public static GobType EphemeralPost { get; } =
        GobType.Struct(
            "Z_SendEphemeralPost",
            ("A", GobType.Text),
            (
                "B",
                GobType.Struct(
                    "Post",
                    ("UserId", GobType.Text),
                    ("ChannelId", GobType.Text),
                    ("RootId", GobType.Text),
                    ("Message", GobType.Text)
                )
            )
        );

    public static GobType Command { get; } =
        GobType.Struct(
            "Z_RegisterCommand",
            (
                "A",
                GobType.Struct(
                    "Command",
                    ("Trigger", GobType.Text),
                    ("DisplayName", GobType.Text),
                    ("Description", GobType.Text),
                    ("AutoComplete", GobType.Bool),
                    ("AutoCompleteDesc", GobType.Text),
                    ("AutoCompleteHint", GobType.Text),
                    ("AutocompleteData", Completion())
                )
            )
        );

    public const string TextArgumentName = "*model.AutocompleteTextArg";

    public static GobType TextArgument { get; } =
        GobType.Struct("AutocompleteTextArg", ("Hint", GobType.Text), ("Pattern", GobType.Text));

    public const string DynamicListName = "*model.AutocompleteDynamicListArg";

    public static GobType DynamicList { get; } =
        GobType.Struct("AutocompleteDynamicListArg", ("FetchURL", GobType.Text));

    private static GobType.StructureType Completion()
    {
        var data = GobType.Recursive("AutocompleteData");
        data.Fields =
        [
            ("Trigger", GobType.Text),
            ("Hint", GobType.Text),
            ("HelpText", GobType.Text),
            ("RoleID", GobType.Text),
            (
                "Arguments",
                GobType.SliceOf(
                    GobType.Struct(
                        "AutocompleteArg",
                        ("Name", GobType.Text),
                        ("HelpText", GobType.Text),
                        ("Type", GobType.Text),
                        ("Required", GobType.Bool),
                        ("Data", GobType.Any)
                    )
                )
            ),
            ("SubCommands", GobType.SliceOf(data)),
        ];
        return data;
    }
}
