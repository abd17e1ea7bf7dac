select * from {{ build_input('reference_form') }}
