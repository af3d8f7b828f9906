/** The shapes of a case and of its page, made from their JSON schema (`enbloc facts --schema` prints the same); not written by hand. */
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Absent: {
            ask: string[];
            what: string;
            why: string;
        };
        Ais: "A" | "B" | "C" | "D" | "E";
        Ambulation: "independent" | "aided" | "none";
        Answer: {
            is_draft: boolean;
            word: string;
        };
        Asked: {
            closes: string;
            names: string;
            words: string;
        };
        Bar: {
            gauge: components["schemas"]["Gauge"];
            interval: string;
            value: string;
            words: string;
        };
        Blank: {
            about: string;
            ask: string;
            fact: string;
        };
        Block: {
            is_aside: boolean;
            lines: components["schemas"]["Line"][];
            note: string;
            title: string;
        };
        Case: {
            as_of: string | null;
            confirmations: components["schemas"]["Confirmation"][];
            findings: components["schemas"]["Entry"][];
            forms: components["schemas"]["FilledForm"][];
            id: string;
            images: {
                [key: string]: components["schemas"]["ImageFile"];
            };
            labels: {
                [key: string]: components["schemas"]["LabelFile"];
            };
            lesions: components["schemas"]["Lesion"][];
            neurology: components["schemas"]["Neurology"];
            origin: components["schemas"]["Origin"];
            overrides: components["schemas"]["Override"][];
            patient: components["schemas"]["Patient"];
            schema: "enbloc/case/1";
            story: string;
            treatments: components["schemas"]["Treatment"][];
        };
        CasePage: {
            blanks: components["schemas"]["Blank"][];
            documents: components["schemas"]["DocumentRef"][];
            labels_sha256: string;
            lesions: components["schemas"]["LesionRef"][];
            level_sha256: string;
            numbers: components["schemas"]["Number"][];
            other_scores: components["schemas"]["ScoreCard"][];
            pictures: components["schemas"]["PictureRef"][];
            report: components["schemas"]["Report"];
            schema: "enbloc/page/1";
            timeline: components["schemas"]["Timeline"];
        };
        ChangeRow: {
            ask: string;
            effects: components["schemas"]["Effect"][];
            why: string;
        };
        Choice: {
            about: string;
            act: string;
            against: components["schemas"]["Rule"][];
            as_before: string;
            because: string;
            expected: string[];
            held: components["schemas"]["Rule"][];
            is_draft: boolean;
            is_leading: boolean;
            open: components["schemas"]["Rule"][];
            overridden: components["schemas"]["OverrideRow"][];
            parts: components["schemas"]["PartRow"][];
            pending: string;
            risks: components["schemas"]["Rule"][];
            short: string;
            standing: string;
            supports: components["schemas"]["Rule"][];
            words: string;
        };
        Compared: {
            answers: components["schemas"]["Answer"][];
            checked: string;
            cites: string[];
            cohort: string;
            flags: string[];
            id: string;
            is_dated: boolean;
            is_draft: boolean;
            lanes: components["schemas"]["Lane"][];
            name: string;
            result: string;
            validations: string[];
        };
        ComparedRow: {
            against: components["schemas"]["Rule"][];
            approaches: string;
            bone: string;
            classes: string;
            degree: components["schemas"]["Degree"] | null;
            entry: string;
            entry_by: string;
            feasibility: string;
            held: components["schemas"]["Rule"][];
            is_draft: boolean;
            is_foremost: boolean;
            levels: string;
            margin: string;
            margin_note: string;
            name: string;
            number: number;
            open: number;
            readiness: string;
            roots: string;
            standing: string;
            supports: components["schemas"]["Rule"][];
            tumour_left: string;
        };
        ComparedTable: {
            about: string;
            front: components["schemas"]["Front"] | null;
            instead: string[];
            note: string;
            refused: components["schemas"]["Refusal"][];
            rows: components["schemas"]["ComparedRow"][];
            title: string;
            without_front: string;
        };
        Confirmation: {
            by: string;
            of: components["schemas"]["Confirmed"];
            on: string;
            sha256: string;
        };
        Confirmed: "labels" | "level";
        ContradictionRow: {
            ask: string[];
            sides: string[];
            words: string;
        };
        Counsel: {
            aside: string;
            cautions: components["schemas"]["Rule"][];
            changes: components["schemas"]["ChangeRow"][];
            choices: components["schemas"]["Choice"][];
            contradictions: components["schemas"]["ContradictionRow"][];
            days: components["schemas"]["Days"];
            disagreements: components["schemas"]["Rule"][];
            draft_share: string;
            frameworks: components["schemas"]["Framework"][];
            held: components["schemas"]["Held"][];
            judged: string;
            minutes: components["schemas"]["Minutes"][];
            missing: string[];
            nearest: components["schemas"]["NearestRow"][];
            not_taken: string[];
            open: components["schemas"]["OpenTopic"][];
            overrides: components["schemas"]["OverrideRow"][];
            pending: string;
            rules: components["schemas"]["Rule"][];
            sources: string[];
            unsupported: string[];
            urgent: components["schemas"]["Held"][];
            waiting: string;
        };
        CutRow: {
            degree: components["schemas"]["Degree"] | null;
            entries: string[];
            faces: string;
            kerf: string;
            margin: string;
            name: string;
            near: components["schemas"]["NearRow"][];
            proof: string;
            span: string;
            warning: string;
            where: string;
        };
        DayRow: {
            about: string;
            counted: string;
            first: number | null;
            is_draft: boolean;
            is_open: boolean;
            kind: string;
            last: number | null;
            left: string;
            mark: string;
            note: string;
            rule: string;
            what: string;
            when: string;
            words: string;
        };
        Days: {
            past: components["schemas"]["DayRow"][];
            rows: components["schemas"]["DayRow"][];
            undated: components["schemas"]["Undated"][];
        };
        Degree: "stop" | "urgent" | "caution" | "note";
        Dial: {
            level: string;
            rings: components["schemas"]["Ring"][];
        };
        DocumentRef: {
            bytes: number;
            name: string;
            of: string;
            title: string;
        };
        Effect: {
            answers: string;
            branch: string;
            closes: string;
            holds: string;
            leading: string;
            opens: string;
            rules: string;
            scores: string;
        };
        Entry: {
            about: string;
            because: string;
            by: string;
            fact: string;
            on: string | null;
            value: boolean | number | string | string[];
        };
        Event: {
            first: number | null;
            kind: "treatment" | "image" | "neurology" | "statement" | "confirmation" | "override";
            last: number | null;
            when: string;
            words: string;
        };
        Extent: {
            about: string;
            layers: string[] | null;
            sectors: number[] | null;
        };
        FaceRow: {
            also: string;
            barrier: string;
            classes: string;
            degree: components["schemas"]["Degree"] | null;
            face: string;
            gauge: components["schemas"]["Gauge"] | null;
            margin: string;
            span: string;
        };
        FilledForm: {
            about: string;
            answers: {
                [key: string]: boolean | number | string | {
                    [key: string]: boolean | number | string | {
                        [key: string]: boolean | number | string;
                    };
                };
            };
            because: string;
            by: string;
            instrument: string;
            on: string | null;
        };
        Framework: {
            about: string;
            ask: string[];
            driving: string;
            fields: [
                string,
                string,
                string,
                boolean
            ][];
            location: string;
            rows: string;
            surgery_first: [
                string,
                string
            ];
        };
        Front: {
            about: string;
            asked_mm: number | null;
            method: string;
            spots: components["schemas"]["Spot"][];
        };
        Further: {
            about: string;
            ask: string;
            band: string;
            is_draft: boolean;
            name: string;
            note: string;
            result: string;
        };
        Gap: {
            ask: string;
            what: string;
        };
        Gauge: {
            alt: string;
            before: [
                number,
                number
            ] | null;
            doubt: [
                number,
                number
            ] | null;
            high: number;
            is_exact: boolean;
            is_measured: boolean;
            label: string;
            lies: string[];
            low: number;
            place: string;
            said: string;
            scale: [
                number,
                number
            ];
            ticks: components["schemas"]["Tick"][];
            value: number;
        };
        Group: {
            about: string;
            doubt: string;
            rows: components["schemas"]["Measured"][];
            topic: string;
        };
        Held: {
            clock: string;
            of: string;
            rule: components["schemas"]["Rule"];
        };
        Horizon: {
            head: string;
            is_torn: boolean;
            months: number;
            no: number;
            open: number;
            said: string;
            yes: number;
        };
        ImageFile: {
            contrast: boolean | null;
            date: string | null;
            earlier: boolean;
            file: string;
            modality: components["schemas"]["Modality"];
            tube_kv: number | null;
        };
        JudgedRow: {
            notes: string[];
            policy: string;
            recommended: string;
            said: string;
        };
        LabelFile: {
            file: string;
            on: string;
            scheme: string | null;
            structures: {
                [key: string]: string;
            };
        };
        Lane: {
            figures: components["schemas"]["Placed"][];
            note: string;
            words: string;
        };
        Lesion: {
            histology: string | null;
            id: string;
            kind: components["schemas"]["LesionKind"] | null;
            levels: components["schemas"]["Level"][];
            proven: boolean | null;
            solitary: boolean | null;
        };
        LesionKind: "metastasis" | "primary" | "haematological";
        LesionRef: {
            histology: string;
            id: string;
            is_labelled: boolean;
            kind: string;
            levels: string[];
            main_level: string;
        };
        LesionTables: {
            about: string;
            clearances: components["schemas"]["Bar"][];
            dials: components["schemas"]["Dial"][];
            parts: components["schemas"]["Bar"][];
            profile: components["schemas"]["Profile"] | null;
            spared: string;
        };
        Level: "O" | "C1" | "C2" | "C3" | "C4" | "C5" | "C6" | "C7" | "T1" | "T2" | "T3" | "T4" | "T5" | "T6" | "T7" | "T8" | "T9" | "T10" | "T11" | "T12" | "T13" | "L1" | "L2" | "L3" | "L4" | "L5" | "L6" | "S1" | "S2" | "S3" | "S4" | "S5" | "Co";
        LevelRow: {
            cells: string[];
            doubt: string;
            is_affected: boolean;
            level: string;
        };
        Line: {
            degree: components["schemas"]["Degree"] | null;
            is_draft: boolean;
            is_unknown: boolean;
            label: string;
            notes: string[];
            said: string;
            word: string;
        };
        Mark: {
            ask: string;
            enter: string;
            facts: string[];
            gauges: components["schemas"]["Gauge"][];
            name: string;
            note: string;
            points: string[];
            reading: string;
            state: string;
        };
        Measured: {
            at: string;
            borderline: string;
            gauge: components["schemas"]["Gauge"] | null;
            interval: string;
            method: string;
            notes: string;
            place: string;
            source: string;
            value: string;
            words: string;
        };
        Measures: {
            column: components["schemas"]["LevelRow"][];
            counts: string[];
            groups: components["schemas"]["Group"][];
            heads: string[];
            missing: components["schemas"]["Absent"][];
            tables: components["schemas"]["LesionTables"][];
        };
        Minute: {
            ask: string;
            label: string;
            lines: string[];
        };
        Minutes: {
            about: string;
            lines: components["schemas"]["Minute"][];
        };
        Modality: "CT" | "MR";
        NearRow: {
            degree: components["schemas"]["Degree"] | null;
            said: string;
            structure: string;
            unseen: string;
        };
        NearestRow: {
            about: string;
            words: string;
        };
        Neurology: {
            ais: components["schemas"]["Ais"] | null;
            ambulation: components["schemas"]["Ambulation"] | null;
            deficit: boolean | null;
            examined: string | null;
            myelopathy: boolean | null;
            progressing: boolean | null;
            since: string | null;
            sphincter: boolean | null;
        };
        Number: {
            about: string;
            at: string;
            because: string;
            can_be_overruled: boolean;
            fact: string;
            high: number | null;
            interval: string;
            key: string;
            kind: "measured" | "entered" | "recorded" | "overruled";
            low: number | null;
            method: string;
            notes: string;
            overruled: string;
            picture: string;
            shown: string;
            source: string;
            steps: string[];
            topic: string;
            unit: string;
            value: boolean | number | string | (boolean | number | string)[] | null;
            words: string;
        };
        OpenStop: {
            about: string;
            id: string;
            is_draft: boolean;
            of: string;
            questions: string[];
        };
        OpenTopic: {
            stops: components["schemas"]["OpenStop"][];
            topic: string;
        };
        OptionRow: {
            choice: components["schemas"]["Choice"];
            degree: components["schemas"]["Degree"] | null;
            gauge: components["schemas"]["Gauge"] | null;
            margin: string;
            margin_class: string;
            number: number;
            readiness: string;
        };
        Origin: "patient" | "painted" | "phantom" | "invented";
        Override: {
            about: string;
            act: string;
            because: string;
            by: string;
            on: string;
            stop: string;
        };
        OverrideRow: {
            because: string;
            by: string;
            do: string;
            on: string;
            stop: string;
            where: string;
        };
        PartRow: {
            name: string;
            rules: components["schemas"]["Rule"][];
        };
        Patient: {
            birth_year: number | null;
            sex: components["schemas"]["Sex"] | null;
        };
        PictureRef: {
            about: string;
            alt: string;
            caption: string;
            facts: string[];
            height: number;
            kind: "slice" | "solid" | "margin map" | "evidence";
            name: string;
            title: string;
            width: number;
        };
        Placed: {
            high: number | null;
            is_draft: boolean;
            is_elsewhere: boolean;
            low: number | null;
            months: number | null;
            percent: number | null;
            said: string;
            shape: components["schemas"]["Shape"];
            words: string;
        };
        PlanSheet: {
            about: string;
            against: components["schemas"]["Rule"][];
            assumed: string[];
            blocks: components["schemas"]["Block"][];
            borderline: string[];
            classes: string;
            conditions: string[];
            cuts: components["schemas"]["CutRow"][];
            degree: components["schemas"]["Degree"] | null;
            entries: string[];
            faces: components["schemas"]["FaceRow"][];
            feasibility: string;
            gauge: components["schemas"]["Gauge"] | null;
            id: string;
            is_draft: boolean;
            is_foremost: boolean;
            is_ready: boolean;
            judged: components["schemas"]["JudgedRow"][];
            levels: string;
            margin: string;
            margin_note: string;
            methods: string[];
            not_computed: string[];
            not_ready: string[];
            overridden: components["schemas"]["OverrideRow"][];
            pending: string;
            proof: string;
            reasons: string[];
            rules: components["schemas"]["Rule"][];
            stops: components["schemas"]["Rule"][];
            supports: components["schemas"]["Rule"][];
            warning: string;
        };
        Profile: {
            steps: components["schemas"]["Step"][];
            worst: string;
            worst_mm: number | null;
        };
        Refusal: {
            because: string;
            instead: string;
            is_draft: boolean;
            name: string;
        };
        Report: {
            as_of: string;
            banner: string;
            case: string;
            classes: components["schemas"]["ScoreCard"][];
            compared: components["schemas"]["ComparedTable"][];
            counsel: components["schemas"]["Counsel"];
            extents: components["schemas"]["Extent"][];
            findings: components["schemas"]["Subject"][];
            fingerprint: string;
            further: components["schemas"]["Further"][];
            gaps: components["schemas"]["Gap"][];
            headlines: string[];
            history: string[];
            identity: string;
            inputs: [
                string,
                string
            ][];
            measures: components["schemas"]["Measures"];
            options: components["schemas"]["OptionRow"][];
            plans: components["schemas"]["PlanSheet"][];
            readiness: string;
            refused: string[];
            rule_versions: [
                string,
                string,
                string
            ][];
            said: string[];
            scores: components["schemas"]["ScoreCard"][];
            settings: [
                string,
                string
            ][];
            story: string;
            survival: components["schemas"]["SideBySide"][];
            title: string;
            unplanned: string;
            unused: [
                string,
                string
            ][];
            use: string[];
            version: string;
            without: string[];
        };
        Ring: {
            cc: number;
            is_open: boolean;
            layer: string;
            sector: number;
        };
        Row: {
            about: string;
            at: string;
            because: string;
            gauge: components["schemas"]["Gauge"] | null;
            interval: string;
            kind: string;
            notes: string;
            overruled: string;
            place: string;
            source: string;
            value: string;
            words: string;
        };
        Rule: {
            about: string;
            ask: string;
            because: string;
            checked: string;
            cites: string[];
            degree: components["schemas"]["Degree"];
            do: string;
            id: string;
            is_draft: boolean;
            is_open: boolean;
            mark: string;
            read: string;
            sources: string;
            statement: string;
            status: string;
            steps: string[];
            strength: string;
        };
        ScoreCard: {
            about: string;
            also: string;
            at: string;
            band: string;
            cites: string[];
            flags: string[];
            instrument: string;
            marks: components["schemas"]["Mark"][];
            missing: string[];
            name: string;
            out_of: number | null;
            reported: string;
            result: string;
            totals: (number)[];
            version: string;
            why: string;
        };
        Sex: "female" | "male";
        Shape: "median" | "alive" | "range";
        SideBySide: {
            about: string;
            asks: components["schemas"]["Asked"][];
            era: [
                components["schemas"]["Degree"],
                string
            ][];
            horizons: components["schemas"]["Horizon"][];
            left_out: [
                string,
                string
            ][];
            question: string;
            refusal: string;
            rows: components["schemas"]["Compared"][];
            silent: components["schemas"]["Silent"][];
        };
        Silent: {
            asks: string[];
            name: string;
            why: string;
        };
        Spot: {
            bone_cc: number | null;
            entry: [
                number,
                number
            ] | null;
            entry_said: string;
            is_borderline: boolean;
            is_draft: boolean;
            is_on_front: boolean;
            margin: [
                number,
                number
            ] | null;
            margin_mm: number | null;
            name: string;
            number: number;
        };
        Step: {
            along_mm: number;
            canal: number | null;
            cord: number | null;
            sac: number | null;
            tumour: number;
        };
        Subject: {
            about: string;
            rows: components["schemas"]["Row"][];
        };
        Tick: {
            at: number;
            full: string;
            said: string;
        };
        Timeline: {
            as_of: string;
            events: components["schemas"]["Event"][];
        };
        Treatment: {
            dose_gy: number | null;
            ended: string | null;
            fractions: number | null;
            kind: components["schemas"]["TreatmentKind"];
            levels: components["schemas"]["Level"][];
            started: string | null;
            what: string;
        };
        TreatmentKind: "systemic" | "radiotherapy" | "operation" | "embolisation" | "biopsy";
        Undated: {
            ask: string;
            entries: string[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
