using System.Globalization;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Time;

namespace Sidecar.Interactions;

/// <summary>What a server's clients can do with forms (DLG-1).</summary>
/// <param name="HavePickers">Calendars, and lists in which several are chosen.</param>
/// <param name="AskWhatIsOffered">Lists ask us: they can, and our address is one that browsers accept.</param>
public sealed record FormAbilities(bool HavePickers, bool AskWhatIsOffered)
{
    /// <summary>A form changes while it is filled in, and another one may follow it. All that have pickers can.</summary>
    public bool DrawAnew => HavePickers;

    /// <summary>What every server can do.</summary>
    public static FormAbilities TextOnly { get; } = new(false, false);
}

/// <summary>
/// Draws a form as the server's clients can show it, from one declaration: a list that asks us, a calendar, several
/// people; a line of text where there is no such thing (DLG-1).
/// </summary>
public static class FormDrawing
{
    private const string TypeToFind = "Type to find";

    // To the minute, as people say times.
    private const string AsInstant = "yyyy-MM-dd'T'HH:mm':00Z'";

    /// <summary>The form, drawn.</summary>
    /// <param name="form">As the feature declares it.</param>
    /// <param name="server">What its clients can do.</param>
    /// <param name="nameOf">How people are called.</param>
    public static DialogForm For(
        DialogForm form,
        FormAbilities server,
        Func<UserId, string?> nameOf
    ) =>
        form.Fields.IsDefault
            ? form
            : form with
            {
                Fields =
                [
                    .. form.Fields.Select(field =>
                        Drawn(field, server, nameOf) with
                        {
                            Redraws = field.Redraws && server.DrawAnew,
                            // What is left out is given back by the sealed state, which keeps no long texts.
                            IsSpared =
                                field.IsSpared
                                && server.DrawAnew
                                && AskedField.IsKeptWhole(field.Default),
                        }
                    ),
                ],
            };

    /// <summary>The people in a preset or an answer of <see cref="FieldKind.People"/>.</summary>
    public static IEnumerable<UserId> PeopleIn(string? ids) =>
        (ids ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(IdForm.Fits)
            .Select(id => new UserId(id));

    private static DialogField Drawn(
        DialogField field,
        FormAbilities server,
        Func<UserId, string?> nameOf
    ) =>
        field.Kind switch
        {
            FieldKind.Sought => server.AskWhatIsOffered
                ? field with
                {
                    Drawing = FieldDrawing.Offered,
                    Placeholder = field.Placeholder ?? TypeToFind,
                }
                : Text(field),
            FieldKind.Person when field.Offers is not null => Person(field, server, nameOf),
            FieldKind.People => People(field, server, nameOf),
            FieldKind.Day => server.HavePickers
            && (
                string.IsNullOrEmpty(field.Default)
                || CalendarDay.ReadWritten(field.Default) is not null
            )
                ? field with
                {
                    Drawing = FieldDrawing.Calendar,
                }
                : Text(field),
            FieldKind.Moment => server.HavePickers && (field.At is not null || SaysNoMoment(field))
                ? field with
                {
                    Drawing = FieldDrawing.Clock,
                    Default = field.At?.UtcDateTime.ToString(
                        AsInstant,
                        CultureInfo.InvariantCulture
                    ),
                    Preset = field.Default ?? "",
                }
                : Text(field),
            _ => field,
        };

    private static bool SaysNoMoment(DialogField field) =>
        string.IsNullOrEmpty(field.Default) || NoneWord.Is(field.Default);

    private static DialogField Text(DialogField field) =>
        field with
        {
            Kind = FieldKind.Text,
            Offers = null,
            TakesTyped = false,
            Help = field is { Help: { } help, HelpWhenTyped: { } typed }
                ? $"{help} {typed}"
                : field.Help ?? field.HelpWhenTyped,
        };

    /// <summary>A list that asks us shows the bare value, so that is the name; who has none at hand is chosen from all.</summary>
    private static DialogField Person(
        DialogField field,
        FormAbilities server,
        Func<UserId, string?> nameOf
    )
    {
        var chosen = string.IsNullOrEmpty(field.Default)
            ? ""
            : Named(new UserId(field.Default), nameOf);
        return server.AskWhatIsOffered && chosen is not null
            ? field with
            {
                Drawing = FieldDrawing.Offered,
                Placeholder = field.Placeholder ?? TypeToFind,
                Default = chosen,
                Preset = field.Default ?? "",
            }
            : field with
            {
                Offers = null,
            };
    }

    private static DialogField People(
        DialogField field,
        FormAbilities server,
        Func<UserId, string?> nameOf
    ) =>
        server.HavePickers
            ? field with
            {
                Drawing = FieldDrawing.Several,
                Default = string.Join(',', PeopleIn(field.Default).Select(p => p.Value)),
                Preset = field.Default ?? "",
                Placeholder = null,
            }
            : field with
            {
                Drawing = FieldDrawing.Names,
                Default = string.Join(
                    ' ',
                    PeopleIn(field.Default).Select(p => Named(p, nameOf) ?? p.Value)
                ),
                Preset = field.Default ?? "",
            };

    private static string? Named(UserId person, Func<UserId, string?> nameOf) =>
        nameOf(person) is { } name ? $"@{name}" : null;
}
