using Sidecar.Features.Implementations.Domain;
using Sidecar.Text;

namespace Sidecar.Features.Implementations;

/// <summary>What a request is, in a sentence, for whoever is about to do something with it (M1).</summary>
internal static class ImplementationWords
{
    /// <summary>What is to be deployed for whom.</summary>
    public static Markdown Kind(Implementation it) =>
        Markdown.Of(
            $"**{it.Id}** is a *{it.Type.Label()}* for {it.CustomerName}{(string.IsNullOrWhiteSpace(it.Method) ? Markdown.None : Markdown.Of($" ({it.Method})"))}."
        );

    /// <summary>The same with how far it is, how it was scored and who has a part in it.</summary>
    public static Markdown Standing(Implementation it) =>
        Markdown.Of(
            $"{Kind(it)} It is *{it.State.Label()}*{(it.Score is { } score ? Markdown.Of($", with a score of {Triage.Shown(score)} from {it.Scores.Length} {(it.Scores.Length == 1 ? "person" : "people")}") : Markdown.None)}. IE: {ImplementationCards.Person(it.Engineer)}. CE: {ImplementationCards.Person(it.CustomerEngineer)}. AE: {ImplementationCards.Person(it.AccountExecutive)}."
        );
}
