using Sidecar.Interactions;
using Sidecar.Mattermost.Plugin.Gob;

namespace Sidecar.Mattermost.Plugin;

/// <summary>
/// What Mattermost offers while the command is typed: subcommands with what they are for, then what follows each, made
/// of the declarations that parser, help and README are made of (UP-1).
/// </summary>
internal static class CommandCompletion
{
    /// <summary>A server takes arguments or subcommands of a word, not both.</summary>
    /// <param name="trigger">The slash command.</param>
    /// <param name="about">What it is for.</param>
    /// <param name="specs">Its subcommands.</param>
    public static GobValue Of(string trigger, string about, IEnumerable<CommandSpec> specs)
    {
        var root = new Node();
        foreach (var spec in specs)
        {
            var node = root;
            foreach (var word in spec.PathWords)
            {
                node = node.Next(word);
            }

            node.Spec = spec;
        }

        return Written(trigger, root, about);
    }

    private static GobValue Written(string word, Node node, string about)
    {
        var hasWords = node.Words.Count > 0;
        return GobValue.Of(
            ("Trigger", GobValue.Of(word)),
            (
                "Hint",
                GobValue.Of(
                    hasWords ? "[command]" : string.Join(' ', node.Parameters.Select(p => p.Usage))
                )
            ),
            ("HelpText", GobValue.Of(about)),
            ("RoleID", GobValue.Of("system_user")),
            (
                "Arguments",
                hasWords
                    ? null
                    : new GobValue.ListValue([
                        .. Announced(node.Parameters).Select(p => Argument(node.Spec!, p)),
                    ])
            ),
            (
                "SubCommands",
                hasWords
                    ? new GobValue.ListValue([
                        .. node
                            .Words.OrderBy(w => w.Key, StringComparer.Ordinal)
                            .Select(w =>
                                Written(w.Key, w.Value, w.Value.Spec?.Summary ?? w.Value.About)
                            ),
                    ])
                    : null
            )
        );
    }

    /// <summary>What a parameter asks for, without Markdown, which is not shown there.</summary>
    public static string Help(Parameter? parameter) =>
        parameter?.Hint.Replace("`", "", StringComparison.Ordinal) ?? "";

    /// <summary>
    /// What may be left out can't be announced one by one: the hint shows it. The first of it is offered where there is
    /// something to choose from, since only nothing can follow an argument that nobody typed.
    /// </summary>
    private static IEnumerable<Parameter> Announced(IEnumerable<Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            if (!parameter.IsOptional || parameter.IsCompleted)
            {
                yield return parameter;
            }

            if (parameter.IsOptional)
            {
                yield break;
            }
        }
    }

    private static GobValue Argument(CommandSpec spec, Parameter parameter) =>
        GobValue.Of(
            ("HelpText", GobValue.Of(Help(parameter))),
            ("Type", GobValue.Of(parameter.IsCompleted ? "DynamicList" : "TextInput")),
            ("Required", GobValue.Of(true)),
            (
                "Data",
                parameter.IsCompleted
                    ? new GobValue.InterfaceValue(
                        PluginTypes.DynamicListName,
                        GobValue.Of(
                            ("FetchURL", GobValue.Of(CompletionDoor.Address(spec, parameter)))
                        )
                    )
                    {
                        Type = PluginTypes.DynamicList,
                    }
                    : new GobValue.InterfaceValue(
                        PluginTypes.TextArgumentName,
                        GobValue.Of(("Hint", GobValue.Of(parameter.Usage)))
                    )
                    {
                        Type = PluginTypes.TextArgument,
                    }
            )
        );

    private sealed class Node
    {
        public Dictionary<string, Node> Words { get; } = new(StringComparer.Ordinal);

        public CommandSpec? Spec { get; set; }

        /// <summary>What is written behind it; a parameter that has no form of its own is none to be offered.</summary>
        public IEnumerable<Parameter> Parameters =>
            Spec?.Parameters.Where(p => p.Usage.Length > 0) ?? [];

        /// <summary>A word that is no command itself: its commands.</summary>
        public string About => string.Join(", ", Words.Keys.Order(StringComparer.Ordinal));

        public Node Next(string word)
        {
            if (!Words.TryGetValue(word, out var next))
            {
                Words[word] = next = new Node();
            }

            return next;
        }
    }
}
