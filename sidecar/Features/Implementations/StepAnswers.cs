using Sidecar.Features.Implementations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Implementations;

/// <summary>Reads fields of the forms; what is wrong is noted under the field.</summary>
internal static class StepAnswers
{
    /// <summary>A text that may have to be there; an old one, which nobody wrote for this, counts as none.</summary>
    public static string Text<T>(
        this Submission<T> form,
        string field,
        Dictionary<string, string> problems,
        string? unless = null,
        int most = Implementation.MaxTextLength,
        bool isOld = false
    )
        where T : notnull
    {
        var text = isOld ? "" : form[field];
        if (text.Length == 0 && unless is not null)
        {
            problems[field] = unless;
        }
        else if (!TextLength.Fits(text, most))
        {
            problems[field] =
                $"This takes {most} characters; yours has {TextLength.Told(text, most)}.";
        }

        return text;
    }

    /// <summary>The address of a page; empty for none.</summary>
    public static string Link<T>(
        this Submission<T> form,
        string field,
        Dictionary<string, string> problems
    )
        where T : notnull
    {
        if (form[field].Length == 0)
        {
            return "";
        }

        var link = WebLink.Read(form[field], out var problem);
        if (link is null)
        {
            problems[field] = problem;
        }

        return link ?? "";
    }

    /// <summary>Several addresses, one on each line; empty for none.</summary>
    public static string Links<T>(
        this Submission<T> form,
        string field,
        Dictionary<string, string> problems
    )
        where T : notnull
    {
        var typed = form.Text(field, problems)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        foreach (var one in typed)
        {
            if (WebLink.Read(one, out var problem) is null)
            {
                problems[field] = problem;
                break;
            }
        }

        return string.Join('\n', typed);
    }

    /// <summary>A day; null for none.</summary>
    public static DateOnly? Day<T>(
        this Submission<T> form,
        string field,
        DateOnly today,
        Dictionary<string, string> problems
    )
        where T : notnull
    {
        if (form[field].Length == 0)
        {
            return null;
        }

        var day = CalendarDay.Read(form[field], today, out var problem);
        if (day is null)
        {
            problems[field] = problem;
        }

        return day;
    }

    /// <summary>A person; null for nobody.</summary>
    public static UserId? Person<T>(this Submission<T> form, string field)
        where T : notnull => IdForm.Fits(form[field]) ? new UserId(form[field]) : null;
}
