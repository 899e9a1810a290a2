using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.Interactions;

namespace Sidecar.Features.RoleGrants;

/// <summary>What follows <c>/escalate role …</c>.</summary>
internal static class RoleArguments
{
    public static Parameter<UserId> Person { get; } =
        Arguments.User("person", "Whose roles? Write the at-name, as in `@name`.");

    public static Parameter<RoleReading> Roles { get; } =
        new(
            "roles",
            "<role…>",
            source =>
                source.Next is null ? ReadArgument.Absent<RoleReading>()
                : IsTooLong(source) ? ReadArgument.Wrong<RoleReading>(TooLong)
                : ReadArgument.Of(
                    RoleReading.Read(source.Line, source.At),
                    source.Line.Words.Length - source.At
                )
        )
        {
            Words = Codes,
            Hint = $"Which roles? Write one or more of {RoleReading.Legend}.",
        };

    public static Parameter<RoleFilter> Which { get; } =
        new("which", "[@person | role]", ReadFilter)
        {
            IsOptional = true,
            Hint = "Write an at-name or a role, or nothing for all roles.",
            Words = Codes,
            Completes = OfferSource.People,
        };

    private static IReadOnlyList<OfferedWord> Codes =>
        [.. Sidecar.People.Roles.All.Select(r => new OfferedWord(r.Code, r.Label, ""))];

    /// <summary>All roles take less.</summary>
    private const int LongestList = 1000;

    private const string TooLong = "That is longer than a list of all roles.";

    private static bool IsTooLong(ArgumentSource source) =>
        source.Line.Text.Length - source.Next!.Start > LongestList;

    private static ReadArgument<RoleFilter> ReadFilter(ArgumentSource source)
    {
        if (source.Next is not { } word)
        {
            return ReadArgument.Absent<RoleFilter>();
        }

        if (IsTooLong(source))
        {
            return ReadArgument.Wrong<RoleFilter>(TooLong);
        }

        if (SentenceMarks.Name(word, '@') is null)
        {
            return ReadArgument.Of(
                new RoleFilter(null, RoleReading.Read(source.Line, source.At)),
                source.Line.Words.Length - source.At
            );
        }

        var person = Person.Reader(source);
        return person.Problem is { } problem
            ? ReadArgument.Wrong<RoleFilter>(problem)
            : ReadArgument.Of(new RoleFilter(person.Value, null), person.Taken);
    }
}

/// <summary>Which part of the list is wanted: a person's roles, or the people of some roles.</summary>
internal sealed record RoleFilter(UserId? Person, RoleReading? Roles);
